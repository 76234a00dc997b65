// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenUsage;

/**
 * Reads the usage of DeepSeek. Cached tokens are part of the prompt and are missing in
 * Spring AI's usage. Reasoning tokens are not reported.
 */
final class DeepSeekTokenDetails {

	private DeepSeekTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		Long cached = ReflectedCounts.read(nativeUsage, "promptTokensDetails", "cachedTokens");
		return (cached != null) ? TokenDetails.inclusive(counts, cached, 0, 0) : counts;
	}

}
