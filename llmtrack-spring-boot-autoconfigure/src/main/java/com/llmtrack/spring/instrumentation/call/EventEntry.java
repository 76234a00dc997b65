// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Entries that the metadata of events has if the application wants them.
 */
public enum EventEntry {

	/** The conversation that the request is a part of. */
	CONVERSATION_ID("conversation_id", (request, event) -> request.context().conversationId()),

	/** The call of a chat client that the request is a part of. */
	TURN_ID("turn_id", (request, event) -> request.context().turnId()),

	/** The trace in which the request was made. */
	TRACE_ID("trace_id", (request, event) -> request.traceId()),

	/** How long a stream took to its first chunk. */
	TIME_TO_FIRST_TOKEN("time_to_first_token_ms", (request, event) -> {
		Duration time = event.timeToFirstToken();
		return (time != null) ? time.toMillis() : null;
	});

	private final String key;

	private final BiFunction<EndedRequest, LlmUsageEvent, @Nullable Object> value;

	EventEntry(String key, BiFunction<EndedRequest, LlmUsageEvent, @Nullable Object> value) {
		this.key = key;
		this.value = value;
	}

	/**
	 * Return the name of the entry in the metadata.
	 * @return the name
	 */
	public String key() {
		return this.key;
	}

	void putInto(Map<String, Object> metadata, EndedRequest request, LlmUsageEvent event) {
		Object value = this.value.apply(request, event);
		if (value != null) {
			metadata.put(this.key, value);
		}
	}

}
