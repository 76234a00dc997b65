// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

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
