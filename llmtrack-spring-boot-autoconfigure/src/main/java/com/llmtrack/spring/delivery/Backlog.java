// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The pending events that the delivery thread has polled from the queue, in the order in
 * which they are sent. Stores them in the spool before they are sent; while the spool
 * fails or is full, they stay in memory only. Used by the delivery thread only, unless a
 * method says otherwise.
 */
final class Backlog {

	/** How many of the spooled events are also kept in memory. */
	private static final int MAX_RESIDENT = 1_000;

	private final EventQueue queue;

	private final EventSpool spool;

	private final SpoolTransfer transfer;

	private final DeliveryStatistics statistics;

	private final Settlement settlement;

	private final Deque<PendingEvent> untried = new ArrayDeque<>();

	private final Deque<PendingEvent> retries = new ArrayDeque<>();

	private final PendingAges ages = new PendingAges();

	/** Events that could not be read when they were to be sent. */
	private final List<PendingEvent> unread = new ArrayList<>();

	/** Events that are being sent, except those that were ceded meanwhile. */
	private final Set<PendingEvent> inFlight = new HashSet<>();

	private volatile boolean upkeepRequested = true;

	private long lastUpkeep;

	Backlog(EventQueue queue, EventSpool spool, DeliveryStatistics statistics) {
		this.queue = queue;
		this.spool = spool;
		this.transfer = new SpoolTransfer(queue, spool);
		this.statistics = statistics;
		this.settlement = new Settlement(queue, this.transfer, statistics);
	}

	/**
	 * Look after the spool from time to time: add what other processes left there, and
	 * store what could not be stored before.
	 */
	void lookAfterSpool(long now) {
		if (nanosUntilUpkeep(now) <= 0) {
			upkeep(now);
		}
	}

	/**
	 * Add some of the queue's events.
	 * @return whether there may be more
	 */
	boolean refill() {
		int before = this.untried.size();
		List<PendingEvent> events = poll();
		this.transfer.store(events);
		for (int i = 0; i < events.size(); i++) {
			evictIfMany(events.get(i), before + i + 1);
		}
		return events.size() == SpoolTransfer.BATCH;
	}

	/**
	 * Add a batch of the queue's events.
	 */
	private List<PendingEvent> poll() {
		List<PendingEvent> events = new ArrayList<>();
		while (events.size() < SpoolTransfer.BATCH) {
			PendingEvent event = this.queue.poll();
			if (event == null) {
				break;
			}
			add(event);
			events.add(event);
		}
		return events;
	}

	/**
	 * Look after the spool with the next refill. Called by any thread.
	 */
	void requestUpkeep() {
		this.upkeepRequested = true;
	}

	/**
	 * Return whether the spool is to be looked after with the next refill.
	 */
	boolean isUpkeepRequested() {
		return this.upkeepRequested;
	}

	/**
	 * Return how long to wait before looking after the spool again.
	 */
	long nanosUntilUpkeep(long now) {
		return this.upkeepRequested ? 0 : this.lastUpkeep + this.spool.upkeepInterval().toNanos() - now;
	}

	private void upkeep(long now) {
		this.upkeepRequested = false;
		this.lastUpkeep = now;
		putFirst(this.unread, this.untried);
		this.unread.clear();
		SpoolUpkeep upkeep = this.spool.upkeep();
		Set<String> kept = upkeep.kept();
		if (kept != null) {
			cedeAllBut(kept);
		}
		List<SpooledEvent> adopted = upkeep.adopted();
		this.queue.adopted(adopted.size());
		this.statistics.countAdopted(adopted.size());
		adopted.forEach((event) -> add(new PendingEvent(event)));
		storeBacklog();
	}

	private void cedeAllBut(Set<String> kept) {
		for (Deque<PendingEvent> events : List.of(this.untried, this.retries)) {
			events.removeIf((event) -> {
				boolean ceded = isCeded(event, kept);
				if (ceded) {
					cede(event);
				}
				return ceded;
			});
		}
		// They are counted when their results are there
		this.inFlight.removeIf((event) -> isCeded(event, kept));
	}

	private static boolean isCeded(PendingEvent event, Set<String> kept) {
		return event.spooled() != null && !kept.contains(event.idempotencyKey());
	}

	private void cede(PendingEvent event) {
		this.ages.remove(event);
		this.settlement.cede(event);
	}

	/**
	 * Store the events that are in memory only, as far as the spool has room.
	 */
	void storeAll() {
		for (PendingEvent event = this.queue.poll(); event != null; event = this.queue.poll()) {
			add(event);
		}
		storeBacklog();
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
		List<PendingEvent> events = new ArrayList<>(this.inFlight);
		events.addAll(this.retries);
		events.addAll(this.untried);
		this.transfer.store(events);
	}

	/**
	 * Return the event to send next, in memory and no longer part of the backlog.
	 * @param untriedFirst whether one that was never sent goes ahead of those to be sent
	 * again
	 * @return the event, or {@code null} if none can be sent
	 */
	@Nullable PendingEvent next(boolean untriedFirst) {
		PendingEvent event = next(untriedFirst ? this.untried : this.retries);
		if (event == null) {
			event = next(untriedFirst ? this.retries : this.untried);
		}
		if (event != null) {
			this.inFlight.add(event);
		}
		return event;
	}

	private @Nullable PendingEvent next(Deque<PendingEvent> events) {
		while (!events.isEmpty() && events.element().event() == null) {
			loadFirst(events);
		}
		return events.poll();
	}

	/**
	 * Load the first events, and take out those for which that fails.
	 */
	private void loadFirst(Deque<PendingEvent> events) {
		List<PendingEvent> batch = events.stream()
			.takeWhile((event) -> event.event() == null)
			.limit(SpoolTransfer.BATCH)
			.toList();
		Set<PendingEvent> lost = this.transfer.load(batch);
		List<PendingEvent> loaded = new ArrayList<>();
		for (PendingEvent event : batch) {
			events.remove();
			if (event.event() != null) {
				loaded.add(event);
			}
			else if (!lost.contains(event)) {
				// It must not hold up others
				this.unread.add(event);
			}
		}
		putFirst(loaded, events);
		lost.forEach((event) -> {
			this.ages.remove(event);
			this.settlement.drop(event, DropReason.UNREADABLE);
		});
		removeSettled();
	}

	private static void putFirst(List<PendingEvent> first, Deque<PendingEvent> events) {
		for (int i = first.size() - 1; i >= 0; i--) {
			events.addFirst(first.get(i));
		}
	}

	/**
	 * Put back an event that has to be sent again.
	 */
	void retry(PendingEvent event) {
		if (this.inFlight.remove(event)) {
			this.retries.add(event);
			evictIfMany(event, this.retries.size());
		}
		else {
			cede(event);
		}
	}

	private static void evictIfMany(PendingEvent last, int events) {
		if (last.spooled() != null && events > MAX_RESIDENT) {
			last.evict();
		}
	}

	/**
	 * Settle an event that was delivered; it is counted with the next
	 * {@link #removeSettled()} at the latest.
	 */
	void deliver(PendingEvent event, boolean duplicate) {
		this.ages.remove(event);
		boolean ceded = !this.inFlight.remove(event);
		this.settlement.deliver(event, duplicate, ceded);
	}

	/**
	 * Settle an event that is not sent again; it is counted with the next
	 * {@link #removeSettled()} at the latest.
	 */
	void drop(PendingEvent event, DropReason reason) {
		if (this.inFlight.remove(event)) {
			this.ages.remove(event);
			this.settlement.drop(event, reason);
		}
		else {
			cede(event);
		}
	}

	/**
	 * Remove from the spool what was delivered or dropped.
	 */
	void removeSettled() {
		this.settlement.removeAll();
	}

}
