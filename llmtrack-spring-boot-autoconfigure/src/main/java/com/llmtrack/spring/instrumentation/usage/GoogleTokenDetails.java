// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.llmtrack.spring.LlmTokenUsage;

/**
 * Reads the usage of Google's Gemini. Loaded only if its library is used.
 * <p>
 * Cached tokens are part of the prompt. Thoughts are part of the total, but not of the
 * candidates, which Spring AI reports as the completion. The results of tools that Gemini
 * runs itself are also part of the total. Whether they are charged as prompt depends on
 * the tool, so they stay in the total only.
 */
final class GoogleTokenDetails {

	private GoogleTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		GenerateContentResponseUsageMetadata usage = (GenerateContentResponseUsageMetadata) nativeUsage;
		long cached = usage.cachedContentTokenCount().orElse(0);
		long thoughts = usage.thoughtsTokenCount().orElse(0);
		return TokenDetails.inclusive(
				(thoughts > 0) ? TokenDetails.withReasoningInCompletion(counts, thoughts) : counts, cached, 0,
				thoughts);
	}

}
