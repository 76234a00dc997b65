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

import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.llmtrack.spring.LlmTokenUsage;

/**
 * Reads the usage of Google's Gemini. Loaded only if there is one.
 * <p>
 * Cached tokens are part of the prompt. Thoughts are not part of the candidates, which
 * Spring AI takes for the completion, but of the total. So are the results of tools that
 * Gemini runs itself; whether they are charged as a prompt depends on the tool, so that
 * they stay in the total alone.
 */
final class GoogleTokenDetails {

	private GoogleTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		GenerateContentResponseUsageMetadata usage = (GenerateContentResponseUsageMetadata) nativeUsage;
		long cached = usage.cachedContentTokenCount().orElse(0);
		long thoughts = usage.thoughtsTokenCount().orElse(0);
		return TokenDetails.inclusive(
				(thoughts > 0) ? TokenDetails.withReasoningInCompletion(counts, thoughts) : counts, cached, thoughts);
	}

}
