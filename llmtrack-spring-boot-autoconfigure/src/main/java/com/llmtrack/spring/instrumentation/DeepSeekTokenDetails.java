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

package com.llmtrack.spring.instrumentation;

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
