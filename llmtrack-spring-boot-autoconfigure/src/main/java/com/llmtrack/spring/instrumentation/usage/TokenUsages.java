// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * Reads the usage that Spring AI reports. It reports an unknown count as zero, so all
 * zeros mean unknown, and so does a prompt of zero tokens, since no prompt is empty.
 */
public final class TokenUsages {

	private TokenUsages() {
	}

	public static LlmTokenUsage of(@Nullable Usage usage) {
		if (usage == null) {
			return LlmTokenUsage.UNKNOWN;
		}
		Long prompt = count(usage.getPromptTokens());
		Long completion = count(usage.getCompletionTokens());
		Long total = count(usage.getTotalTokens());
		if (isNothing(prompt) && isNothing(completion) && isNothing(total) && !TokenDetails.hasCachedTokens(usage)) {
			return LlmTokenUsage.UNKNOWN;
		}
		return withoutInventedZeros(TokenDetails
			.addTo(LlmTokenUsage.of(prompt, completion, isNothing(total) ? sum(prompt, completion) : total), usage));
	}

	/**
	 * Replace a prompt of zero tokens by an unknown one, unless its tokens are counted as
	 * cached. What was calculated with that zero is unknown, too. A completion of zero
	 * tokens next to a known prompt is true: a filtered answer has none, and services
	 * omit a zero.
	 */
	private static LlmTokenUsage withoutInventedZeros(LlmTokenUsage usage) {
		if (!isNothing(usage.prompt()) || !isNothing(usage.cachedInput()) || !isNothing(usage.cacheWrite())) {
			return usage;
		}
		Long completion = isNothing(usage.completion()) ? null : usage.completion();
		Long total = usage.total();
		boolean hasPrompt = total != null && total > ((completion != null) ? completion : 0);
		return usage.toBuilder().prompt(null).completion(completion).total(hasPrompt ? total : null).build();
	}

	/**
	 * Return whether any count of a usage is known.
	 */
	public static boolean isKnown(@Nullable Usage usage) {
		return usage != null && (isPositive(usage.getPromptTokens()) || isPositive(usage.getCompletionTokens())
				|| isPositive(usage.getTotalTokens()));
	}

	private static boolean isPositive(@Nullable Integer tokens) {
		return tokens != null && tokens > 0;
	}

	/**
	 * Return the usage of an embedding, which has no completion: Spring AI reports zero
	 * completion tokens.
	 */
	public static LlmTokenUsage ofEmbedding(@Nullable Usage usage) {
		LlmTokenUsage reported = of(usage);
		return isNothing(reported.completion()) ? LlmTokenUsage.of(reported.prompt(), null, reported.total())
				: reported;
	}

	private static @Nullable Long count(@Nullable Integer tokens) {
		return (tokens != null && tokens >= 0) ? tokens.longValue() : null;
	}

	private static boolean isNothing(@Nullable Long tokens) {
		return tokens == null || tokens == 0;
	}

	private static @Nullable Long sum(@Nullable Long prompt, @Nullable Long completion) {
		return (prompt != null && completion != null) ? Long.valueOf(prompt + completion) : null;
	}

	/**
	 * Combine the counts of two chunks of a stream. Providers repeat or raise a count
	 * from chunk to chunk but never split it: the larger one is correct, not the sum. If
	 * prompt and completion are in different chunks, no total is reported for both.
	 */
	public static LlmTokenUsage max(LlmTokenUsage one, LlmTokenUsage other) {
		if (one.equals(LlmTokenUsage.UNKNOWN) || one.equals(other)) {
			return other;
		}
		Long prompt = max(one.prompt(), other.prompt());
		Long completion = max(one.completion(), other.completion());
		Long total = max(max(one.total(), other.total()), sum(prompt, completion));
		LlmTokenAccounting accounting = (one.accounting() != null) ? one.accounting() : other.accounting();
		return LlmTokenUsage.builder()
			.prompt(prompt)
			.completion(completion)
			.total(total)
			.cachedInput(max(one.cachedInput(), other.cachedInput()))
			.cacheWrite(max(one.cacheWrite(), other.cacheWrite()))
			.reasoning(max(one.reasoning(), other.reasoning()))
			.accounting(accounting)
			.build();
	}

	private static @Nullable Long max(@Nullable Long one, @Nullable Long other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return Math.max(one, other);
	}

}
