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
 * The order in which pending events are sent, and which of them are in the spool. Events
 * go into the spool before they are sent; while it is out of order or full, they stay in
 * memory only. Used by the delivery thread only, unless a method says otherwise.
 */
final class Backlog {

	private static final int BATCH = 32;

	/** How many events of the spool are kept in memory, too. */
	private static final int MAX_RESIDENT = 1_000;

	private static final long ADOPTION_INTERVAL = Duration.ofMinutes(1).toNanos();

	private final EventQueue pending;

	private final EventSpool spool;

	private final DeliveryStatistics statistics;

	private final Deque<PendingEvent> untried = new ArrayDeque<>();

	private final Deque<PendingEvent> retries = new ArrayDeque<>();

	private final PendingAges ages = new PendingAges();

	/** Those that could not be read when it was their turn. */
	private final Deque<PendingEvent> unread = new ArrayDeque<>();

	private @Nullable Long adoptedAt;

	Backlog(EventQueue pending, EventSpool spool, DeliveryStatistics statistics) {
		this.pending = pending;
		this.spool = spool;
		this.statistics = statistics;
	}

	/**
	 * Take over some of the events that were recorded, and from time to time those that
	 * others left in the spool.
	 * @return whether there may be more
	 */
	boolean takeOver(long now) {
		adopt(now);
		for (int i = 0; i < BATCH; i++) {
			PendingEvent event = this.pending.poll();
			if (event == null) {
				return false;
			}
			take(event);
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
			this.pending.adopted(events.size());
			this.statistics.countAdopted(events.size());
			events.forEach((event) -> take(new PendingEvent(event)));
			storeTaken();
		}
	}

	/**
	 * Return when to look again for what others left.
	 */
	long nanosUntilAdoption(long now) {
		return (this.adoptedAt != null) ? this.adoptedAt + ADOPTION_INTERVAL - now : 0;
	}

	private void store(PendingEvent queued) {
		LlmUsageEvent event = queued.event();
		if (event == null || queued.spooled() != null) {
			return;
		}
		// What gets into the spool while the application ends is not to be given up as
		// well
		if (this.pending.beginMove()) {
			SpooledEvent spooled = null;
			try {
				spooled = this.spool.store(queued.idempotencyKey(), queued.recordedAt(), event);
				if (spooled != null) {
					queued.spooled(spooled);
				}
			}
			finally {
				this.pending.endMove(spooled != null);
			}
		}
	}

	/**
	 * Store what is in memory only, as far as the spool takes it.
	 */
	void storeAll() {
		storeTaken();
		for (PendingEvent event = this.pending.poll(); event != null; event = this.pending.poll()) {
			take(event);
			store(event);
		}
	}

	private void take(PendingEvent event) {
		this.untried.add(event);
		this.ages.add(event);
	}

	/**
	 * Return when the oldest pending event was recorded, or {@code null} if there is
	 * none. Called by any thread.
	 */
	@Nullable Instant oldest() {
		Instant oldest = this.ages.oldest();
		return (oldest != null) ? oldest : this.pending.oldestFresh();
	}

	private void storeTaken() {
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
				// Others are not held up by it
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

	private boolean load(PendingEvent queued) {
		SpooledEvent spooled = queued.spooled();
		LlmUsageEvent event = (spooled != null) ? this.spool.load(spooled) : null;
		if (event != null) {
			queued.loaded(event);
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
		return this.pending.settle(event);
	}

}
