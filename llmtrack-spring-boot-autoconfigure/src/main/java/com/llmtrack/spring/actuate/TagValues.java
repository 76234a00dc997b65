// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.Locale;

/**
 * Names of constants in tags and in the answers of endpoint and health.
 */
final class TagValues {

	private TagValues() {
	}

	static String of(Enum<?> constant) {
		return of(constant.name());
	}

	static String of(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
