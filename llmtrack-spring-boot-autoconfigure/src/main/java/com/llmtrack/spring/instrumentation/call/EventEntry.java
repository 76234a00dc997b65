// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Entries that the metadata of events has if the application wants them.
 */
public enum EventEntry {

	/** The conversation that the request is a part of. */
	CONVERSATION_ID((call) -> call.context().conversationId()),

	/** The call of a chat client that the request is a part of. */
	TURN_ID((call) -> call.context().turnId()),

	/** The trace in which the request was made. */
	TRACE_ID(ModelCall::traceId);

	private final Function<ModelCall, @Nullable Object> value;

	EventEntry(Function<ModelCall, @Nullable Object> value) {
		this.value = value;
	}

	/**
	 * Return the name of the entry in the metadata.
	 * @return the name
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	@Nullable Object of(ModelCall call) {
		return this.value.apply(call);
	}

}
