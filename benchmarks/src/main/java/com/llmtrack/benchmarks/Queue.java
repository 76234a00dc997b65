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

package com.llmtrack.benchmarks;

import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

/**
 * The starter's queue, kept from overflowing during a measurement, which would be that of
 * the overflow.
 */
final class Queue {

	private static final int ROOM_TO_KEEP = 2_000;

	private final @Nullable EventDispatcher dispatcher;

	private final boolean full;

	Queue(ApplicationContext context, Variant variant) {
		this.dispatcher = variant.hasStarter() ? context.getBean(EventDispatcher.class) : null;
		this.full = variant == Variant.STARTER_QUEUE_FULL;
	}

	/**
	 * Fill it, where it is to be full.
	 */
	void fill(Runnable request) {
		while (this.dispatcher != null && this.full && !hasOverflowed(this.dispatcher)) {
			request.run();
		}
	}

	/**
	 * Wait until there is room for what follows.
	 */
	void awaitRoom() {
		if (this.dispatcher != null && !this.full) {
			while (this.dispatcher.getPending() > ROOM_TO_KEEP) {
				Thread.yield();
			}
		}
	}

	/**
	 * Fail if something else was measured than intended.
	 */
	void check() {
		if (this.dispatcher == null) {
			return;
		}
		if (this.dispatcher.getStatistics().getRecorded() == 0) {
			throw new IllegalStateException("Nothing was recorded");
		}
		boolean overflowed = hasOverflowed(this.dispatcher);
		if (overflowed != this.full) {
			throw new IllegalStateException(overflowed ? "The queue was full" : "The queue was not full");
		}
	}

	private static boolean hasOverflowed(EventDispatcher dispatcher) {
		return dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL) > 0;
	}

}
