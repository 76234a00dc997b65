// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides LLMtrack's key and a proxy's password in the answers of actuator endpoints: under
 * the names of their properties, and the key wherever it is part of a value, such as an
 * environment variable that a placeholder refers to.
 */
public final class LlmTrackSanitizingFunction implements SanitizingFunction {

	private static final Set<String> NAMES = Set.of("llmtrackapikey", "llmtrackproxypassword");

	private final Supplier<@Nullable String> apiKey;

	/**
	 * Create a function.
	 * @param apiKey supplies the key
	 */
	public LlmTrackSanitizingFunction(Supplier<@Nullable String> apiKey) {
		this.apiKey = apiKey;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (isNamed(data.getKey()) || hasKey(data.getValue())) ? data.withSanitizedValue() : data;
	}

	private static boolean isNamed(String name) {
		return NAMES.contains(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
	}

	private boolean hasKey(@Nullable Object value) {
		String key = this.apiKey.get();
		// A shorter key would be part of too many values
		return value != null && key != null && key.strip().length() >= 8 && value.toString().contains(key.strip());
	}

}
