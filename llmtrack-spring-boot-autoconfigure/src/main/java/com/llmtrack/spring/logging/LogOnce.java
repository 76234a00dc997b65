// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.logging;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides whether a log line of a kind is due: the first one only, or one per minute. The
 * caller logs the line itself, with the logger and the level that fit.
 * <p>
 * Safe for any thread; never waits. Remembers a bounded number of kinds: a further kind
 * is never due, so that what names a kind may come from the application.
 */
public final class LogOnce {

	private static final int MAX_KINDS = 1_000;

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final long interval;

	private final LongSupplier clock;

	private final Map<Object, Long> loggedAt = new ConcurrentHashMap<>();

	private LogOnce(long interval, LongSupplier clock) {
		this.interval = interval;
		this.clock = clock;
	}

	/**
	 * Let the first line of each kind through.
	 */
	public static LogOnce forever() {
		return new LogOnce(Long.MAX_VALUE, () -> 0);
	}

	/**
	 * Let one line of each kind through per minute.
	 * @param clock tells the time, in nanoseconds since any point
	 */
	public static LogOnce perMinute(LongSupplier clock) {
		return new LogOnce(MINUTE, clock);
	}

	/**
	 * Return whether a line is due, and if so count it as logged.
	 * @param kind the kind of line; compared by {@code equals}
	 */
	public boolean isDue(Object kind) {
		long now = this.clock.getAsLong();
		Long last = this.loggedAt.get(kind);
		if (last == null) {
			return this.loggedAt.size() < MAX_KINDS && this.loggedAt.putIfAbsent(kind, now) == null;
		}
		return now - last >= this.interval && this.loggedAt.replace(kind, last, now);
	}

}
