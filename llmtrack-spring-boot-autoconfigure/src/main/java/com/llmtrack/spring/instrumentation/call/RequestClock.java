// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.time.Duration;

import com.llmtrack.spring.LlmUsageEventBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Takes the time of a request, from when the clock is created, and until its first token.
 * Safe for any thread.
 */
final class RequestClock {

	private final long startedAt = System.nanoTime();

	private volatile @Nullable Duration timeToFirstToken;

	/**
	 * Return when the request began, by {@link System#nanoTime()}.
	 */
	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Note that a token has come. Only the first one counts.
	 */
	void tokenReceived() {
		if (this.timeToFirstToken == null) {
			this.timeToFirstToken = until(System.nanoTime());
		}
	}

	private Duration until(long at) {
		return Duration.ofNanos(at - this.startedAt);
	}

	/**
	 * Set the times of an event.
	 * @param event the event
	 * @param endedAt when the request ended; tokens that came later are not known
	 */
	void describe(LlmUsageEventBuilder event, long endedAt) {
		Duration latency = until(endedAt);
		Duration first = this.timeToFirstToken;
		event.latency(latency).timeToFirstToken((first != null && first.compareTo(latency) <= 0) ? first : null);
	}

}
