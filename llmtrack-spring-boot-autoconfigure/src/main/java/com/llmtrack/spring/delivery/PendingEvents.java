/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The events that are neither delivered nor dropped yet. Those in memory only are bounded
 * altogether: those that wait for their first attempt, those under way and those to be
 * sent again. Those in the spool are bounded by the spool. Adding to it takes no lock.
 */
final class PendingEvents {

	private final int capacity;

	private final AtomicInteger inMemory = new AtomicInteger();

	private final AtomicInteger spooled = new AtomicInteger();

	private final Queue<QueuedEvent> fresh = new ConcurrentLinkedQueue<>();

	PendingEvents(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Add an event.
	 * @return whether there was room for it
	 */
	boolean offer(QueuedEvent event) {
		return reserve() && this.fresh.add(event);
	}

	private boolean reserve() {
		int count = this.inMemory.get();
		while (count < this.capacity) {
			if (this.inMemory.compareAndSet(count, count + 1)) {
				return true;
			}
			count = this.inMemory.get();
		}
		return false;
	}

	/**
	 * Take an event that nobody has taken before; it stays pending.
	 */
	@Nullable QueuedEvent poll() {
		return this.fresh.poll();
	}

	/**
	 * Count events that were found in the spool.
	 */
	void adopted(int events) {
		this.spooled.addAndGet(events);
	}

	/**
	 * Count an event as one that is in the spool, which makes room in memory.
	 * @return whether it was still pending; not so if all events in memory were forgotten
	 * meanwhile
	 */
	boolean moveToSpool() {
		boolean pending = decrement(this.inMemory);
		if (pending) {
			this.spooled.incrementAndGet();
		}
		return pending;
	}

	/**
	 * Forget an event, because it was delivered or dropped.
	 * @return whether it was still pending; not so if all events in memory were forgotten
	 * meanwhile
	 */
	boolean settle(QueuedEvent event) {
		return decrement((event.spooled() != null) ? this.spooled : this.inMemory);
	}

	private static boolean decrement(AtomicInteger counter) {
		return counter.getAndUpdate((count) -> Math.max(0, count - 1)) > 0;
	}

	/**
	 * Forget all events that are in memory only.
	 * @return how many there were
	 */
	int clear() {
		this.fresh.clear();
		return this.inMemory.getAndSet(0);
	}

	int count() {
		return this.inMemory.get() + this.spooled.get();
	}

	/**
	 * Return how many of the events are in the spool.
	 */
	int countSpooled() {
		return this.spooled.get();
	}

}
