// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import org.awaitility.core.ConditionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A sink that keeps the events.
 */
class RecordedEvents implements LlmUsageEventSink {

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	@Override
	public void record(LlmUsageEvent event) {
		this.events.add(event);
	}

	void clear() {
		this.events.clear();
	}

	List<LlmUsageEvent> events() {
		return this.events;
	}

	/**
	 * Assert which events there are, and that no other one comes soon.
	 * @param expected status and tokens of each
	 */
	void assertEvents(String... expected) {
		eventually().until(() -> this.events.size() >= expected.length);
		assertThat(this.events).extracting(RecordedEvents::describe).containsExactly(expected);
		eventually().during(Duration.ofMillis(50)).until(() -> this.events.size() == expected.length);
	}

	private static ConditionFactory eventually() {
		return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(10));
	}

	private static String describe(LlmUsageEvent event) {
		LlmTokenUsage tokens = event.tokens();
		String status = event.status().name().toLowerCase(Locale.ROOT);
		return status + ((tokens.prompt() == null && tokens.completion() == null && tokens.total() == null) ? " ?"
				: " " + tokens.prompt() + "/" + tokens.completion() + "/" + tokens.total());
	}

}
