// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.lang.reflect.Method;

import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Reads the usage of DeepSeek, whose cached tokens are part of the prompt and not among
 * what Spring AI's own usage says; reasoning is reported by neither. By reflection, as
 * two accessors don't make up for a dependency.
 */
final class DeepSeekTokenDetails {

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
