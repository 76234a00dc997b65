// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Checks values of properties. Called once they are bound, as a failure during binding
 * would not be reported with the name and the origin of the invalid property.
 */
final class PropertyChecks {

	private PropertyChecks() {
	}

	static void checkRange(String name, @Nullable Integer value, int max) {
		check(value != null && value >= 1 && value <= max, name, value, "Must be between 1 and " + max + ".");
	}

	static void checkLength(String name, @Nullable String value, int max) {
		check(value == null || value.strip().length() <= max, name, value, "Must have at most " + max + " characters.");
	}

	static void checkNames(String property, Map<String, String> names) {
		names.forEach((key, name) -> check(!name.isBlank() && name.strip().length() <= 200, property + "." + key, name,
				"Must have between 1 and 200 characters."));
	}

	static void check(boolean valid, String name, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("llmtrack." + name, value, reason);
		}
	}

}
