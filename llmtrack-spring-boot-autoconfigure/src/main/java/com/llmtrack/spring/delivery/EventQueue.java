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
 * The events that are neither delivered nor dropped yet. Those in memory only are bounded
 * altogether: those that wait for their first attempt, those under way and those to be
 * sent again. Those in the spool are bounded by the spool. Adding to it takes no lock.
 */
final class EventQueue {

	private static final long MOVING = 1L << Integer.SIZE;

	private final int capacity;

	/** Those in memory, and in the upper half those of them that are being spooled. */
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
	 * Take an event that nobody has taken before; it stays pending.
	 */
	@Nullable PendingEvent poll() {
		return this.fresh.poll();
	}

	/**
	 * Return when the first of the events that nobody has taken was recorded, or
	 * {@code null} if there is none.
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
	 * Begin to move an event to the spool. From now on it is no longer forgotten with
	 * those in memory, though it takes room there until it has arrived.
	 * @return whether it was still pending; not so if all events in memory were forgotten
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
	 * Forget an event, because it was delivered or dropped.
	 * @return whether it was still pending; not so if all events in memory were forgotten
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
	 * Forget all events that are in memory only.
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
