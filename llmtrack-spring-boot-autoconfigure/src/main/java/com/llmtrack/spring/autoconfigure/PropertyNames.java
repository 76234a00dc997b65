/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Checks of properties that name something.
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
