// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * Adds cached and reasoning tokens to the counts of a usage. Whether they are part of the
 * prompt and the completion depends on the provider, which is known from the class of the
 * native usage in answers and chunks of streams. For an unknown provider they are
 * omitted, because a guess would make costs wrong.
 * <p>
 * Zero means unknown, because many providers report zeros with every answer.
 */
final class TokenDetails {

	private TokenDetails() {
	}

	static LlmTokenUsage addTo(LlmTokenUsage counts, Usage usage) {
		try {
			Object nativeUsage = usage.getNativeUsage();
			return (nativeUsage != null) ? read(counts, usage, nativeUsage) : infer(counts, usage);
		}
		catch (RuntimeException | LinkageError ex) {
			// Malformed details, or another version of the provider's library. The counts
			// are still true
			return counts;
		}
	}

	/**
	 * Return whether a usage has cached tokens, next to which its zeros may be true.
	 */
	static boolean hasCachedTokens(Usage usage) {
		try {
			return atMost(Integer.MAX_VALUE, SpringAiApi.get().cacheReadTokens(usage)) != null
					|| atMost(Integer.MAX_VALUE, SpringAiApi.get().cacheWriteTokens(usage)) != null;
		}
		catch (RuntimeException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Read what a provider reports. A class of a provider's library is loaded only if
	 * there is an instance of it.
	 */
	private static LlmTokenUsage read(LlmTokenUsage counts, Usage usage, Object nativeUsage) {
		// Google's types have generated subclasses
		return switch (nativeUsage.getClass().getName().replace("AutoValue_", "")) {
			case "com.openai.models.completions.CompletionUsage" -> OpenAiTokenDetails.addTo(counts, nativeUsage);
			case "com.google.genai.types.GenerateContentResponseUsageMetadata" ->
				GoogleTokenDetails.addTo(counts, nativeUsage);
			case "org.springframework.ai.deepseek.api.DeepSeekApi$Usage" ->
				DeepSeekTokenDetails.addTo(counts, nativeUsage);
			case "com.anthropic.models.messages.Usage", "com.anthropic.models.messages.MessageDeltaUsage" ->
				AnthropicTokenDetails.addTo(counts, usage, nativeUsage);
			case "software.amazon.awssdk.services.bedrockruntime.model.TokenUsage" ->
				BedrockTokenDetails.addTo(counts, nativeUsage);
			default -> {
				LlmTokenUsage details = SpringAiApi.get().details(nativeUsage);
				yield (details != null) ? add(counts, details) : infer(counts, usage);
			}
		};
	}

	private static LlmTokenUsage add(LlmTokenUsage counts, LlmTokenUsage details) {
		if (details.accounting() == LlmTokenAccounting.EXCLUSIVE) {
			return exclusive(counts, details.cachedInput(), details.cacheWrite());
		}
		return inclusive(counts, orZero(details.cachedInput()), orZero(details.cacheWrite()),
				orZero(details.reasoning()));
	}

	/**
	 * Add the cached tokens of an unknown provider if its total shows that they are
	 * counted in addition to the prompt. A total cannot show that they are part of the
	 * prompt, because many totals omit additional tokens.
	 */
	private static LlmTokenUsage infer(LlmTokenUsage counts, Usage usage) {
		LlmTokenUsage exclusive = exclusive(counts, usage);
		long cached = orZero(exclusive.cachedInput()) + orZero(exclusive.cacheWrite());
		return isTotalOf(counts, cached) ? exclusive : counts;
	}

	/**
	 * Add the cached tokens of a usage, which are counted in addition to the prompt.
	 */
	static LlmTokenUsage exclusive(LlmTokenUsage counts, Usage usage) {
		return exclusive(counts, SpringAiApi.get().cacheReadTokens(usage), SpringAiApi.get().cacheWriteTokens(usage));
	}

	static LlmTokenUsage exclusive(LlmTokenUsage counts, @Nullable Long cachedInput, @Nullable Long cacheWrite) {
		if (cachedInput == null && cacheWrite == null) {
			return counts;
		}
		return counts.toBuilder()
			.cachedInput(atMost(Integer.MAX_VALUE, cachedInput))
			.cacheWrite(atMost(Integer.MAX_VALUE, cacheWrite))
			.accounting(LlmTokenAccounting.EXCLUSIVE)
			.build();
	}

	/**
	 * Add tokens that are part of the prompt and the completion. Ignore impossible
	 * counts, which exceed the whole: of two that exceed it only together, the tokens
	 * written to a cache.
	 */
	static LlmTokenUsage inclusive(LlmTokenUsage counts, long cachedInput, long cacheWrite, long reasoning) {
		long prompt = orZero(counts.prompt());
		Long cached = atMost(prompt, cachedInput);
		return counts.toBuilder()
			.cachedInput(cached)
			.cacheWrite(atMost(prompt - orZero(cached), cacheWrite))
			.reasoning(atMost(orZero(counts.completion()), reasoning))
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build();
	}

	private static @Nullable Long atMost(long max, @Nullable Long tokens) {
		return (tokens != null && tokens > 0 && tokens <= max) ? tokens : null;
	}

	/**
	 * Add separately counted reasoning tokens to the completion, and to a total that does
	 * not have them.
	 */
	static LlmTokenUsage withReasoningInCompletion(LlmTokenUsage counts, long reasoning) {
		long completion = orZero(counts.completion()) + reasoning;
		Long total = counts.total();
		return LlmTokenUsage.of(counts.prompt(), completion,
				(total != null) ? Math.max(total, orZero(counts.prompt()) + completion) : null);
	}

	/**
	 * Return whether there are more reasoning tokens than the completion has, so that
	 * they can't be a part of it.
	 */
	static boolean exceedsCompletion(LlmTokenUsage counts, long reasoning) {
		return reasoning > orZero(counts.completion()) && reasoning <= Integer.MAX_VALUE;
	}

	/**
	 * Return whether some tokens are counted in addition to the prompt and the
	 * completion, which is so if the total is the sum of all three.
	 */
	static boolean isTotalOf(LlmTokenUsage counts, long onTop) {
		Long prompt = counts.prompt();
		Long completion = counts.completion();
		return onTop > 0 && prompt != null && completion != null
				&& orZero(counts.total()) == prompt + completion + onTop;
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

}
