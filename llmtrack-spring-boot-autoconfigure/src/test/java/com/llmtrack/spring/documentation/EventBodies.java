// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;

import com.llmtrack.spring.testsupport.EventSchema;

/**
 * Bodies of events.
 */
final class EventBodies {

	private EventBodies() {
	}

	/**
	 * Return what LLMtrack would not accept in a body.
	 */
	static List<String> problems(String json) {
		try {
			EventSchema.validated(json);
			return List.of();
		}
		catch (RuntimeException | AssertionError ex) {
			return List.of("No event: " + ex.getMessage());
		}
	}

}
