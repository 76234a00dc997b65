// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes names what LLMtrack accepts: white space is collapsed and trimmed, and what
 * exceeds the permitted length is cut.
 */
final class EventName {

	// Half of a surrogate pair is no text; \uFEFF is white space to JSON Schema's regular
	// expressions, though not to Java's
	private static final Pattern UNPRINTABLE = Pattern.compile("(?U)[\\s\\p{Cntrl}\\p{Cs}\\uFEFF]+");

	private static final int MAX_LENGTH = 200;

	private EventName() {
	}

	/**
	 * Return a name as it is accepted, or {@code null} if it says nothing.
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
	 * Return whether a name is accepted as it is, which can be seen at once of nearly
	 * all: they are short and of nothing but visible ASCII.
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
