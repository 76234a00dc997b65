// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * Reads the usage of Anthropic. Cached tokens are counted in addition to the prompt,
 * thinking is a part of the completion. An event has one accounting for both, so thinking
 * is reported only where nothing was cached.
 */
final class AnthropicTokenDetails {

	private AnthropicTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Usage usage, Object nativeUsage) {
		LlmTokenUsage whole = withWholeInput(counts, ReflectedCounts.read(nativeUsage, "inputTokens"));
		LlmTokenUsage exclusive = TokenDetails.exclusive(whole, usage);
		Long thinking = ReflectedCounts.read(nativeUsage, "outputTokensDetails", "thinkingTokens");
		return (exclusive.accounting() == null && thinking != null) ? TokenDetails.inclusive(whole, 0, 0, thinking)
				: exclusive;
	}

	/**
	 * Spring AI takes the input of a stream from its start. The last event has the whole
	 * input, to which the tools that Anthropic runs itself have added their results.
	 */
	private static LlmTokenUsage withWholeInput(LlmTokenUsage counts, @Nullable Long input) {
		Long prompt = counts.prompt();
		Long completion = counts.completion();
		if (input == null || prompt == null || completion == null || input <= prompt) {
			return counts;
		}
		return LlmTokenUsage.of(input, completion, input + completion);
	}

}
