// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Converts names to what LLMtrack accepts: white space is collapsed and trimmed, and
 * names that are too long are truncated.
 */
final class EventName {

	// Half of a surrogate pair is not text; \uFEFF is white space in the regular
	// expressions of JSON Schema, though not in Java's
	private static final Pattern UNPRINTABLE = Pattern.compile("(?U)[\\s\\p{Cntrl}\\p{Cs}\\uFEFF]+");

	private static final int MAX_LENGTH = 200;

	private EventName() {
	}

	/**
	 * Return a name as LLMtrack accepts it, or {@code null} if nothing is left of it.
	 */
	static @Nullable String of(@Nullable String value) {
		return of(value, MAX_LENGTH);
	}

	static @Nullable String of(@Nullable String value, int maxLength) {
		if (value == null || isPlain(value, maxLength)) {
			return value;
		}
		String name = UNPRINTABLE.matcher(value).replaceAll(" ").strip();
		if (name.length() > maxLength) {
			int end = Character.isHighSurrogate(name.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
			name = name.substring(0, end).strip();
		}
		return name.isEmpty() ? null : name;
	}

	/**
	 * Return whether a name is accepted as it is. A fast check for nearly all names,
	 * which are short and consist of visible ASCII characters.
	 */
	private static boolean isPlain(String value, int maxLength) {
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			if (character <= ' ' || character > '~') {
				return false;
			}
		}
		return !value.isEmpty() && value.length() <= maxLength;
	}

}
