// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.time.Duration;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import org.assertj.core.api.AssertProvider;

/**
 * The events that an application recorded since the test began, in order of arrival. A
 * bean of tests with {@link AutoConfigureLlmTrack}; AssertJ's {@code assertThat} returns
 * an {@link LlmUsageEventsAssert} for it.
 * <p>
 * A blocking request has been recorded when it returns. A stream is recorded when it
 * ends, possibly on another thread: wait for it with {@link #await(int)}.
 * <p>
 * Safe for use by any thread. Tests that run in parallel on one application context see
 * each other's events.
 *
 * @since 0.1.0
 */
public final class LlmUsageEvents implements LlmUsageEventSink, AssertProvider<LlmUsageEventsAssert> {

	/**
	 * How long {@link #await(int)} waits.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	private final Recorded<LlmUsageEvent> events = new Recorded<>();

	/**
	 * Create an empty instance, for tests without {@link AutoConfigureLlmTrack}.
	 */
	public LlmUsageEvents() {
	}

	@Override
	public void record(LlmUsageEvent event) {
		this.events.add(event);
	}

	/**
	 * Return the events recorded so far.
	 * @return the events, a copy
	 */
	public List<LlmUsageEvent> all() {
		return this.events.all();
	}

	/**
	 * Wait until there are events, for at most {@link #DEFAULT_TIMEOUT}.
	 * @param count the minimum number of events
	 * @return these events
	 * @throws AssertionError if there are fewer after that time
	 */
	public LlmUsageEvents await(int count) {
		return await(count, DEFAULT_TIMEOUT);
	}

	/**
	 * Wait until there are events.
	 * @param count the minimum number of events
	 * @param timeout the maximum time to wait
	 * @return these events
	 * @throws AssertionError if there are fewer after that time
	 */
	public LlmUsageEvents await(int count, Duration timeout) {
		if (!this.events.await(count, timeout)) {
			List<LlmUsageEvent> there = all();
			throw new AssertionError("Expecting at least %d event(s) within %d ms but there were %d:%n%s"
				.formatted(count, timeout.toMillis(), there.size(), EventText.of(there)));
		}
		return this;
	}

	/**
	 * Clear the events. Done automatically before each test method.
	 */
	public void clear() {
		this.events.clear();
	}

	/**
	 * For AssertJ. Tests read better with {@code assertThat(events)}.
	 * @return assertions on the events recorded so far
	 */
	@Override
	public LlmUsageEventsAssert assertThat() {
		return new LlmUsageEventsAssert(all());
	}

	@Override
	public String toString() {
		return EventText.of(all());
	}

}
