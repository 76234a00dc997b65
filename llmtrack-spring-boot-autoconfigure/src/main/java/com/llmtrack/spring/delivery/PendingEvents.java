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

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * The events that are neither delivered nor dropped yet. Bounded altogether: those that
 * wait for their first attempt, those under way and those to be sent again. Adding to it
 * takes no lock.
 */
final class PendingEvents {

	private final int capacity;

	private final AtomicInteger count = new AtomicInteger();

	private final Queue<LlmUsageEvent> fresh = new ConcurrentLinkedQueue<>();

	PendingEvents(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Add an event.
	 * @return whether there was room for it
	 */
	boolean offer(LlmUsageEvent event) {
		return reserve() && this.fresh.add(event);
	}

	private boolean reserve() {
		int count = this.count.get();
		while (count < this.capacity) {
			if (this.count.compareAndSet(count, count + 1)) {
				return true;
			}
			count = this.count.get();
		}
		return false;
	}

	/**
	 * Take an event for its first attempt; it stays pending.
	 */
	@Nullable LlmUsageEvent poll() {
		return this.fresh.poll();
	}

	/**
	 * Forget an event, because it was delivered or dropped.
	 * @return whether it was still pending; not so if all events were forgotten meanwhile
	 */
	boolean settle() {
		return this.count.getAndUpdate((count) -> Math.max(0, count - 1)) > 0;
	}

	/**
	 * Forget all events.
	 * @return how many there were
	 */
	int clear() {
		this.fresh.clear();
		return this.count.getAndSet(0);
	}

	int count() {
		return this.count.get();
	}

}
