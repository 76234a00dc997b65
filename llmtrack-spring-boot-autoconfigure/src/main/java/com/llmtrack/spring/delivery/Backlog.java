// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * The pending events that the delivery thread has polled from the queue, in the order in
 * which they are sent. Stores them in the spool before they are sent; while the spool
 * fails or is full, they stay in memory only. Used by the delivery thread only, unless a
 * method says otherwise.
 */
final class Backlog {

	private static final int BATCH = 32;

	/** How many of the spooled events are also kept in memory. */
	private static final int MAX_RESIDENT = 1_000;

	private static final long ADOPTION_INTERVAL = Duration.ofMinutes(1).toNanos();

	private final EventQueue queue;

	private final EventSpool spool;

	private final DeliveryStatistics statistics;

	private final Deque<PendingEvent> untried = new ArrayDeque<>();

	private final Deque<PendingEvent> retries = new ArrayDeque<>();

	private final PendingAges ages = new PendingAges();

	/** Events that could not be read when they were to be sent. */
	private final Deque<PendingEvent> unread = new ArrayDeque<>();

	private @Nullable Long adoptedAt;

	Backlog(EventQueue queue, EventSpool spool, DeliveryStatistics statistics) {
		this.queue = queue;
		this.spool = spool;
		this.statistics = statistics;
	}

	/**
	 * Add some of the queue's events, and from time to time those that other processes
	 * left in the spool.
	 * @return whether there may be more
	 */
	boolean refill(long now) {
		adopt(now);
		for (int i = 0; i < BATCH; i++) {
			PendingEvent event = this.queue.poll();
			if (event == null) {
				return false;
			}
			add(event);
			store(event);
			evictIfMany(this.untried, event);
		}
		return true;
	}

	private void adopt(long now) {
		if (nanosUntilAdoption(now) <= 0) {
			this.adoptedAt = now;
			while (!this.unread.isEmpty()) {
				this.untried.addFirst(this.unread.removeLast());
			}
			List<SpooledEvent> events = this.spool.adopt();
			this.queue.adopted(events.size());
			this.statistics.countAdopted(events.size());
			events.forEach((event) -> add(new PendingEvent(event)));
			storeBacklog();
		}
	}

	/**
	 * Return how long to wait before looking again for events of other processes.
	 */
	long nanosUntilAdoption(long now) {
		return (this.adoptedAt != null) ? this.adoptedAt + ADOPTION_INTERVAL - now : 0;
	}

	private void store(PendingEvent pending) {
		LlmUsageEvent event = pending.event();
		if (event == null || pending.spooled() != null) {
			return;
		}
		// An event that is stored while the application ends must not be dropped as well
		if (this.queue.beginMove()) {
			SpooledEvent spooled = null;
			try {
				spooled = this.spool.store(pending.idempotencyKey(), pending.recordedAt(), event);
				if (spooled != null) {
					pending.spooled(spooled);
				}
			}
			finally {
				this.queue.endMove(spooled != null);
			}
		}
	}

	/**
	 * Store the events that are in memory only, as far as the spool has room.
	 */
	void storeAll() {
		storeBacklog();
		for (PendingEvent event = this.queue.poll(); event != null; event = this.queue.poll()) {
			add(event);
			store(event);
		}
	}

	private void add(PendingEvent event) {
		this.untried.add(event);
		this.ages.add(event);
	}

	/**
	 * Return when the oldest pending event was recorded, or {@code null} if there is
	 * none. Called by any thread.
	 */
	@Nullable Instant oldest() {
		Instant oldest = this.ages.oldest();
		return (oldest != null) ? oldest : this.queue.oldestFresh();
	}

	private void storeBacklog() {
		this.retries.forEach(this::store);
		this.untried.forEach(this::store);
	}

	/**
	 * Return the event to send next, in memory and no longer part of the backlog.
	 * @param untriedFirst whether one that was never sent goes ahead of those to be sent
	 * again
	 * @return the event, or {@code null} if none can be sent
	 */
	@Nullable PendingEvent next(boolean untriedFirst) {
		for (PendingEvent event = poll(untriedFirst); event != null; event = poll(untriedFirst)) {
			if (event.event() != null) {
				return event;
			}
			try {
				if (load(event)) {
					return event;
				}
				drop(event, DropReason.UNREADABLE);
			}
			catch (UncheckedIOException ex) {
				// It must not hold up others
				this.unread.add(event);
			}
		}
		return null;
	}

	private @Nullable PendingEvent poll(boolean untriedFirst) {
		Deque<PendingEvent> first = untriedFirst ? this.untried : this.retries;
		PendingEvent event = first.poll();
		return (event != null) ? event : (untriedFirst ? this.retries : this.untried).poll();
	}

	private boolean load(PendingEvent pending) {
		SpooledEvent spooled = pending.spooled();
		LlmUsageEvent event = (spooled != null) ? this.spool.load(spooled) : null;
		if (event != null) {
			pending.loaded(event);
		}
		return event != null;
	}

	/**
	 * Put back an event that has to be sent again.
	 */
	void retry(PendingEvent event) {
		this.retries.add(event);
		evictIfMany(this.retries, event);
	}

	private static void evictIfMany(Deque<PendingEvent> events, PendingEvent last) {
		if (last.spooled() != null && events.size() > MAX_RESIDENT) {
			last.evict();
		}
	}

	void deliver(PendingEvent event, boolean duplicate) {
		if (settle(event)) {
			this.statistics.countDelivered(duplicate);
		}
	}

	void drop(PendingEvent event, DropReason reason) {
		if (settle(event)) {
			this.statistics.countDropped(reason, 1);
		}
	}

	private boolean settle(PendingEvent event) {
		this.ages.remove(event);
		SpooledEvent spooled = event.spooled();
		if (spooled != null) {
			this.spool.remove(spooled);
		}
		return this.queue.settle(event);
	}

}
