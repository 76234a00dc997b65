// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenUsage;
import com.openai.models.completions.CompletionUsage;

/**
 * Reads the usage of OpenAI and compatible services. Loaded only if its library is used.
 */
final class OpenAiTokenDetails {

	private OpenAiTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		CompletionUsage usage = (CompletionUsage) nativeUsage;
		long cached = usage.promptTokensDetails().flatMap((details) -> details.cachedTokens()).orElse(0L);
		long reasoning = usage.completionTokensDetails().flatMap((details) -> details.reasoningTokens()).orElse(0L);
		// Compatible services may count reasoning in addition to the completion
		boolean onTop = TokenDetails.isTotalOf(counts, reasoning);
		return TokenDetails.inclusive(onTop ? TokenDetails.withReasoningInCompletion(counts, reasoning) : counts,
				cached, reasoning);
	}

}
