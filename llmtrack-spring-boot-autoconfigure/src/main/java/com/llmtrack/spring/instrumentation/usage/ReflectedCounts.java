// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Reads counts of a provider's own usage by reflection, because a few accessors do not
 * justify a dependency. What a version of the library does not have is unknown.
 */
final class ReflectedCounts {

	/** The usages and what they consist of. */
	static final List<String> TYPES = List.of("com.anthropic.models.messages.MessageDeltaUsage",
			"com.anthropic.models.messages.OutputTokensDetails", "com.anthropic.models.messages.Usage",
			"org.springframework.ai.deepseek.api.DeepSeekApi$Usage",
			"org.springframework.ai.deepseek.api.DeepSeekApi$Usage$PromptTokensDetails",
			"software.amazon.awssdk.services.bedrockruntime.model.TokenUsage");

	private ReflectedCounts() {
	}

	/**
	 * Return a count.
	 * @param nativeUsage the provider's usage
	 * @param accessors the accessors that lead to the count
	 * @return the count, or {@code null} if it is not reported, or malformed
	 */
	static @Nullable Long read(Object nativeUsage, String... accessors) {
		try {
			return find(nativeUsage, accessors);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private static @Nullable Long find(Object nativeUsage, String... accessors) {
		Object value = nativeUsage;
		for (String accessor : accessors) {
			Method method = (value != null) ? ReflectionUtils.findMethod(value.getClass(), accessor) : null;
			value = (method != null) ? ReflectionUtils.invokeMethod(method, value) : null;
			if (value instanceof Optional<?> optional) {
				value = optional.orElse(null);
			}
		}
		return (value instanceof Number count) ? Long.valueOf(count.longValue()) : null;
	}

}
