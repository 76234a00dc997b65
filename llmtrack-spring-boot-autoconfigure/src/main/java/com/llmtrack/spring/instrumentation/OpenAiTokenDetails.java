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

import com.llmtrack.spring.LlmTokenUsage;
import com.openai.models.completions.CompletionUsage;

/**
 * Reads the usage of OpenAI and of those who speak its language. Loaded only if there is
 * one.
 */
final class OpenAiTokenDetails {

	private OpenAiTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		CompletionUsage usage = (CompletionUsage) nativeUsage;
		long cached = usage.promptTokensDetails().flatMap((details) -> details.cachedTokens()).orElse(0L);
		long reasoning = usage.completionTokensDetails().flatMap((details) -> details.reasoningTokens()).orElse(0L);
		// Services that speak the same language may count reasoning beside the completion
		boolean beside = TokenDetails.isTotalOf(counts, reasoning);
		return TokenDetails.inclusive(beside ? TokenDetails.withReasoningInCompletion(counts, reasoning) : counts,
				cached, reasoning);
	}

}
