// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenUsage;

/**
 * Reads the usage of Amazon Bedrock. Cached tokens are counted in addition to the prompt.
 * Not every version of Spring AI passes them on in its own usage.
 */
final class BedrockTokenDetails {

	private BedrockTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		return TokenDetails.exclusive(counts, ReflectedCounts.read(nativeUsage, "cacheReadInputTokens"),
				ReflectedCounts.read(nativeUsage, "cacheWriteInputTokens"));
	}

}
