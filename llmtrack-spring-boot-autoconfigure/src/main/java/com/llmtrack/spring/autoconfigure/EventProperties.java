// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Set;

import com.llmtrack.spring.instrumentation.call.EventEntry;
import com.llmtrack.spring.instrumentation.call.ModelNameSource;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Content of events.
 *
 * @param modelName Which model name takes precedence: the one in the response, or the one
 * in the request.
 * @param extendedFields Whether to send cached and reasoning tokens, the customer and the
 * environment, which LLMtrack accepts though its documentation does not mention them.
 * @param include What the metadata of events has in addition: conversation-id, turn-id,
 * trace-id, time-to-first-token.
 */
record EventProperties(@DefaultValue("response") ModelNameSource modelName,
		@DefaultValue("true") boolean extendedFields, @DefaultValue Set<EventEntry> include) {

	@ConstructorBinding
	EventProperties {
	}

	EventProperties() {
		this(ModelNameSource.RESPONSE, true, Set.of());
	}

}
