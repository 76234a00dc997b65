// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A time for which a store is left alone. Safe for any thread.
 */
final class StorePause {

	private final long duration;

	private final LongSupplier clock;

	private volatile long until;

	private volatile boolean on;

	StorePause(Duration duration, LongSupplier clock) {
		this.duration = duration.toNanos();
		this.clock = clock;
	}

	void begin() {
		this.until = this.clock.getAsLong() + this.duration;
		this.on = true;
	}

	void end() {
		this.on = false;
	}

	boolean isOn() {
		return remaining() > 0;
	}

	/**
	 * Return how long it goes on, in nanoseconds, 0 or less if it does not.
	 */
	long remaining() {
		return this.on ? this.until - this.clock.getAsLong() : 0;
	}

}
