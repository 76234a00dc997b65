// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.Optional;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmTokenUsage;
import com.openai.core.JsonValue;
import com.openai.models.completions.CompletionUsage;

/**
 * Reads the usage of OpenAI and compatible services. Loaded only if its library is used.
 */
final class OpenAiTokenDetails {

	private OpenAiTokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Object nativeUsage) {
		CompletionUsage usage = (CompletionUsage) nativeUsage;
		long cached = count(() -> usage.promptTokensDetails().flatMap((details) -> details.cachedTokens()),
				() -> beside(usage, "cached_tokens"));
		long cacheWrite = count(() -> usage.promptTokensDetails().flatMap((details) -> details.cacheWriteTokens()));
		long reasoning = count(() -> usage.completionTokensDetails().flatMap((details) -> details.reasoningTokens()),
				() -> beside(usage, "reasoning_tokens"));
		// Compatible services may count reasoning in addition to the completion
		boolean onTop = TokenDetails.isTotalOf(counts, reasoning) || TokenDetails.exceedsCompletion(counts, reasoning);
		return TokenDetails.inclusive(onTop ? TokenDetails.withReasoningInCompletion(counts, reasoning) : counts,
				cached, cacheWrite, reasoning);
	}

	/**
	 * Moonshot and Perplexity, for example, have a count beside the others, and no
	 * details.
	 */
	private static Optional<Long> beside(CompletionUsage usage, String name) {
		JsonValue value = usage._additionalProperties().get(name);
		Optional<?> number = (value != null) ? value.asNumber() : Optional.empty();
		return number.map((count) -> ((Number) count).longValue());
	}

	/**
	 * Return the first count that is there, or zero. A malformed one, or one that this
	 * version of the library does not have, does not cost the others.
	 */
	@SafeVarargs
	private static long count(Supplier<Optional<Long>>... places) {
		for (Supplier<Optional<Long>> place : places) {
			try {
				Optional<Long> count = place.get();
				if (count.isPresent()) {
					return count.get();
				}
			}
			catch (RuntimeException | NoSuchMethodError ex) {
				// As if it were not there
			}
		}
		return 0;
	}

}
