// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.lang.reflect.Method;
import java.util.List;

import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Reads the usage of DeepSeek. Cached tokens are part of the prompt and are missing in
 * Spring AI's usage. Reasoning tokens are not reported. Uses reflection, because two
 * accessors do not justify a dependency.
 */
final class DeepSeekTokenDetails {

	/** The usage and what it consists of. */
	static final List<String> TYPES = List.of("org.springframework.ai.deepseek.api.DeepSeekApi$Usage",
			"org.springframework.ai.deepseek.api.DeepSeekApi$Usage$PromptTokensDetails");

	private DeepSeekTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		Object cached = read(read(nativeUsage, "promptTokensDetails"), "cachedTokens");
		return TokenDetails.inclusive(counts, (cached instanceof Integer tokens) ? tokens : 0, 0);
	}

	private static @Nullable Object read(@Nullable Object owner, String accessor) {
		Method method = (owner != null) ? ReflectionUtils.findMethod(owner.getClass(), accessor) : null;
		return (method != null) ? ReflectionUtils.invokeMethod(method, owner) : null;
	}

}
