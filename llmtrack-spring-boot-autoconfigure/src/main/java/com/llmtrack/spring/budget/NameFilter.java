// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Which names count in a budget: one, ignoring case, or those of a pattern in which
 * {@code *} stands for any characters.
 */
final class NameFilter {

	/** Such as {@code -2024-08-06}, {@code -20250929-v1:0}, {@code @001}. */
	private static final String VERSION = "([-@](\\d{3,8}|\\d{4}-\\d{2}-\\d{2}|latest)(-v\\d+(:\\d+)?)?)?";

	private final String name;

	private final @Nullable Pattern pattern;

	private volatile @Nullable Answer latest;

	private NameFilter(String name, @Nullable Pattern pattern) {
		this.name = name;
		this.pattern = pattern;
	}

	/**
	 * Create a filter, or return {@code null} if everything counts.
	 */
	static @Nullable NameFilter of(@Nullable String filter) {
		if (filter == null) {
			return null;
		}
		return new NameFilter(filter, filter.contains("*") ? pattern(filter, "") : null);
	}

	/**
	 * Create a filter of models. Providers answer with the name of a dated version of the
	 * model that was requested.
	 */
	static @Nullable NameFilter ofModel(@Nullable String filter) {
		return (filter != null) ? new NameFilter(filter, pattern(filter, VERSION)) : null;
	}

	private static Pattern pattern(String filter, String suffix) {
		String names = Arrays.stream(filter.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return Pattern.compile(names + suffix, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
	}

	/**
	 * Return whether a name counts.
	 * @param filter the filter, or {@code null} if everything counts
	 * @param name the name, if there is one
	 */
	static boolean matches(@Nullable NameFilter filter, @Nullable String name) {
		return filter == null || (name != null && filter.matches(name));
	}

	private boolean matches(String name) {
		if (this.name.equalsIgnoreCase(name)) {
			return true;
		}
		return this.pattern != null && matches(this.pattern, name);
	}

	/**
	 * Match a pattern, which takes ten times as long as to remember the latest answer:
	 * most applications use few models.
	 */
	private boolean matches(Pattern pattern, String name) {
		Answer answer = this.latest;
		if (answer == null || !answer.name().equals(name)) {
			answer = new Answer(name, pattern.matcher(name).matches());
			this.latest = answer;
		}
		return answer.matches();
	}

	private record Answer(String name, boolean matches) {
	}

}
