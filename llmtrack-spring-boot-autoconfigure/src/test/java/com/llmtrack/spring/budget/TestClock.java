// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that is set by hand.
 */
final class TestClock implements InstantSource {

	private final AtomicReference<Instant> now;

	TestClock(String now) {
		this.now = new AtomicReference<>(Instant.parse(now));
	}

	@Override
	public Instant instant() {
		return this.now.get();
	}

	long nanoTime() {
		return Duration.between(Instant.EPOCH, instant()).toNanos();
	}

	void set(String now) {
		this.now.set(Instant.parse(now));
	}

	void advance(Duration time) {
		this.now.updateAndGet((now) -> now.plus(time));
	}

}
