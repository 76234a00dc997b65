// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What was spent of a budget in one period, by one owner or by all: what the store last
 * said, and what this process has added since. Safe for any thread; never waits.
 */
final class Account {

	private final AccountKey key;

	private final Budget budget;

	/** As the store last said; 0 without a store. */
	private long stored;

	/** Not known to be in the store. */
	private long added;

	/** Handed to the store, and part of what was added. */
	private @Nullable Addition sending;

	/** In nanoseconds since any point. */
	private @Nullable Long readAt;

	/** Whether it waits to be handed to the store. */
	private boolean queued;

	/** Done when the store was next asked. */
	private @Nullable CompletableFuture<Void> reading;

	private Level noticed = Level.NONE;

	Account(Budget budget, AccountKey key) {
		this.budget = budget;
		this.key = key;
	}

	AccountKey key() {
		return this.key;
	}

	Budget budget() {
		return this.budget;
	}

	/**
	 * Add an amount.
	 * @param amount the amount, negative to correct an earlier one
	 */
	synchronized void add(long amount) {
		this.added = Amounts.sum(this.added, amount);
	}

	/**
	 * Return what was spent, as far as it is known here.
	 */
	synchronized long spent() {
		return Math.max(Amounts.sum(this.stored, this.added), 0);
	}

	/**
	 * Return whether a level was reached that was not noticed before, and notice it.
	 * @return the level, or {@link Level#NONE} if there is nothing to notice
	 */
	synchronized Level notice() {
		Level reached = this.budget.level(spent());
		if (reached.compareTo(this.noticed) <= 0) {
			return Level.NONE;
		}
		this.noticed = reached;
		return reached;
	}

	/**
	 * Return whether to queue this account for the store, where it is until it is
	 * {@linkplain #dequeued dequeued}.
	 */
	synchronized boolean queue() {
		boolean wasQueued = this.queued;
		this.queued = true;
		return !wasQueued;
	}

	synchronized void dequeued() {
		this.queued = false;
	}

	/**
	 * Return what is done when the store was next {@linkplain #asked asked} about this
	 * account. Any number of threads may wait for it.
	 * @param queue queues this account if it is not waited for yet
	 */
	synchronized CompletableFuture<Void> nextRead(Consumer<Account> queue) {
		if (this.reading == null) {
			this.reading = new CompletableFuture<>();
			queue.accept(this);
		}
		return this.reading;
	}

	/**
	 * Return what to hand to the store: the same as before, if it is not known whether
	 * that arrived.
	 */
	synchronized Addition send(LongSupplier ids) {
		if (this.sending == null) {
			this.sending = new Addition(this.key, ids.getAsLong(), this.added);
		}
		return this.sending;
	}

	/**
	 * Take what the store says after an addition.
	 * @param amount the amount of all
	 * @param now the time, in nanoseconds since any point
	 */
	synchronized void sent(long amount, long now) {
		this.added -= (this.sending != null) ? this.sending.amount() : 0;
		this.sending = null;
		this.stored = amount;
		this.readAt = now;
	}

	/**
	 * Note that the store was asked, whether it has answered or not.
	 */
	void asked() {
		CompletableFuture<Void> reading;
		synchronized (this) {
			reading = this.reading;
			this.reading = null;
		}
		if (reading != null) {
			reading.complete(null);
		}
	}

	/**
	 * Return whether the store lacks something, as far as is known.
	 */
	synchronized boolean isUnsent() {
		return this.added != 0 || (this.sending != null && this.sending.amount() != 0);
	}

	/**
	 * Return whether the store has said the amount in the given time.
	 * @param now the time, in nanoseconds since any point
	 * @param maxAge how long ago it may be, or {@code null} for ever
	 */
	synchronized boolean isFresh(long now, @Nullable Long maxAge) {
		return this.readAt != null && (maxAge == null || now - this.readAt <= maxAge);
	}

	/**
	 * How much of the limit was spent.
	 */
	enum Level {

		/** Nothing to tell. */
		NONE,

		/** The share to warn at. */
		WARNING,

		/** The limit. */
		EXCEEDED

	}

}
