// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Queues recorded events for the delivery thread, and counts all pending ones. Those in
 * memory only are bounded in total, whether they wait for their first attempt, are in
 * flight or are to be sent again; the spool bounds the others. Lock-free.
 */
final class EventQueue {

	private static final long MOVING = 1L << Integer.SIZE;

	private final int capacity;

	/** Events in memory; in the upper half those of them that are being spooled. */
	private final AtomicLong inMemory = new AtomicLong();

	private final AtomicInteger spooled = new AtomicInteger();

	private final Queue<PendingEvent> fresh = new ConcurrentLinkedQueue<>();

	EventQueue(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Add an event.
	 * @return whether there was room for it
	 */
	boolean offer(PendingEvent event) {
		return reserve() && this.fresh.add(event);
	}

	private boolean reserve() {
		long counts = this.inMemory.get();
		while (resting(counts) + moving(counts) < this.capacity) {
			if (this.inMemory.compareAndSet(counts, counts + 1)) {
				return true;
			}
			counts = this.inMemory.get();
		}
		return false;
	}

	private static int resting(long counts) {
		return (int) counts;
	}

	private static int moving(long counts) {
		return (int) (counts >> Integer.SIZE);
	}

	/**
	 * Remove the next event from the queue; it stays pending.
	 */
	@Nullable PendingEvent poll() {
		return this.fresh.poll();
	}

	/**
	 * Return whether there are events that were not polled yet.
	 */
	boolean hasFresh() {
		return !this.fresh.isEmpty();
	}

	/**
	 * Return when the first event in the queue was recorded, or {@code null} if the queue
	 * is empty.
	 */
	@Nullable Instant oldestFresh() {
		PendingEvent event = this.fresh.peek();
		return (event != null) ? event.recordedAt() : null;
	}

	/**
	 * Count events that were found in the spool.
	 */
	void adopted(int events) {
		this.spooled.addAndGet(events);
	}

	/**
	 * Begin to move an event to the spool. From now on {@link #clear()} does not affect
	 * it, though it takes room in memory until it has arrived.
	 * @return whether it was still pending; {@code false} if the queue was cleared
	 * meanwhile
	 */
	boolean beginMove() {
		return takeResting(MOVING);
	}

	/**
	 * End the move of an event.
	 * @param arrived whether it is in the spool, or in memory only as before
	 */
	void endMove(boolean arrived) {
		if (arrived) {
			this.spooled.incrementAndGet();
		}
		this.inMemory.addAndGet(arrived ? -MOVING : 1 - MOVING);
	}

	/**
	 * Remove an event that was delivered or dropped from the count.
	 * @return whether it was still pending; {@code false} if the queue was cleared
	 * meanwhile
	 */
	boolean settle(PendingEvent event) {
		if (event.spooled() == null) {
			return takeResting(0);
		}
		return this.spooled.getAndUpdate((count) -> Math.max(0, count - 1)) > 0;
	}

	private boolean takeResting(long added) {
		return resting(this.inMemory.getAndUpdate((counts) -> (resting(counts) > 0) ? counts - 1 + added : counts)) > 0;
	}

	/**
	 * Drop all events that are in memory only.
	 * @return how many there were
	 */
	int clear() {
		this.fresh.clear();
		return resting(this.inMemory.getAndUpdate((counts) -> moving(counts) * MOVING));
	}

	int count() {
		long counts = this.inMemory.get();
		return resting(counts) + moving(counts) + this.spooled.get();
	}

	/**
	 * Return how many of the events are in the spool.
	 */
	int countSpooled() {
		return this.spooled.get();
	}

}
