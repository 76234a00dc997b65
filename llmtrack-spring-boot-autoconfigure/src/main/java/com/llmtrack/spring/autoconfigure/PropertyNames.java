// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Checks properties that are names.
 */
final class PropertyNames {

	private PropertyNames() {
	}

	static void checkAll(String property, Map<String, String> names) {
		for (Map.Entry<String, String> entry : names.entrySet()) {
			String name = entry.getValue();
			LlmTrackProperties.check(!name.isBlank() && name.strip().length() <= 200, property + "." + entry.getKey(),
					name, "Must have between 1 and 200 characters.");
		}
	}

	static void checkLength(String name, @Nullable String value, int maxLength) {
		LlmTrackProperties.check(value == null || value.strip().length() <= maxLength, name, value,
				"Must have at most " + maxLength + " characters.");
	}

}
