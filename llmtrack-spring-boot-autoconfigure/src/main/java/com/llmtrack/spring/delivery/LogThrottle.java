// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets a kind of line through once a minute. Safe for use by many threads, which never
 * wait for each other.
 *
 * @since 0.1.0
 */
public final class LogThrottle {

	private static final long SILENCE = Duration.ofMinutes(1).toNanos();

	private final LongSupplier clock;

	private final Map<Object, Long> lastLogged = new ConcurrentHashMap<>();

	/**
	 * Create a throttle.
	 * @param clock tells the time, in nanoseconds since any point
	 */
	public LogThrottle(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Return whether a line is due, and if so take it for logged.
	 * @param kind the kind of line, one of few
	 * @return whether the line is due
	 */
	public boolean isDue(Object kind) {
		long now = this.clock.getAsLong();
		Long last = this.lastLogged.get(kind);
		if (last == null) {
			return this.lastLogged.putIfAbsent(kind, now) == null;
		}
		return now - last >= SILENCE && this.lastLogged.replace(kind, last, now);
	}

}
