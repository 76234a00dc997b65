// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * Adds cached and reasoning tokens to the counts of a usage. Whether they are part of the
 * prompt and the completion is not reported but depends on the provider, which the native
 * usage tells: Spring AI keeps it in answers and in chunks of a stream. Where the
 * provider is unknown they are left out, as a guess would make costs wrong.
 * <p>
 * Many providers report zeros with every answer, so zero counts as unknown.
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
			// Malformed details or another version of the provider's library: the counts
			// are still true
			return counts;
		}
	}

	/**
	 * Read what a provider reports. The class of a provider's library is only loaded if
	 * there is an object of it.
	 */
	private static LlmTokenUsage read(LlmTokenUsage counts, Usage usage, Object nativeUsage) {
		// Google's types have generated subclasses
		return switch (nativeUsage.getClass().getName().replace("AutoValue_", "")) {
			case "com.openai.models.completions.CompletionUsage" -> OpenAiTokenDetails.addTo(counts, nativeUsage);
			case "com.google.genai.types.GenerateContentResponseUsageMetadata" ->
				GoogleTokenDetails.addTo(counts, nativeUsage);
			case "org.springframework.ai.deepseek.api.DeepSeekApi$Usage" ->
				DeepSeekTokenDetails.addTo(counts, nativeUsage);
			// Anthropic's thinking is part of the output, and not reported on its own
			case "com.anthropic.models.messages.Usage", "com.anthropic.models.messages.MessageDeltaUsage",
					"software.amazon.awssdk.services.bedrockruntime.model.TokenUsage" ->
				exclusive(counts, usage.getCacheReadInputTokens(), usage.getCacheWriteInputTokens());
			default -> infer(counts, usage);
		};
	}

	/**
	 * Add the cached tokens of an unknown provider, if its total shows that they come on
	 * top of the prompt's. No total shows that they are part of the prompt, since many
	 * totals leave out what comes on top.
	 */
	private static LlmTokenUsage infer(LlmTokenUsage counts, Usage usage) {
		LlmTokenUsage exclusive = exclusive(counts, usage.getCacheReadInputTokens(), usage.getCacheWriteInputTokens());
		long cached = orZero(exclusive.cachedInput()) + orZero(exclusive.cacheWrite());
		return isTotalOf(counts, cached) ? exclusive : counts;
	}

	/**
	 * Add tokens that come on top of those of the prompt.
	 */
	private static LlmTokenUsage exclusive(LlmTokenUsage counts, @Nullable Long cachedInput,
			@Nullable Long cacheWrite) {
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
	 * Add tokens that are part of the prompt and the completion. More of them than of the
	 * whole can't be true.
	 */
	static LlmTokenUsage inclusive(LlmTokenUsage counts, long cachedInput, long reasoning) {
		return counts.toBuilder()
			.cachedInput(atMost(orZero(counts.prompt()), cachedInput))
			.reasoning(atMost(orZero(counts.completion()), reasoning))
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build();
	}

	private static @Nullable Long atMost(long max, @Nullable Long tokens) {
		return (tokens != null && tokens > 0 && tokens <= max) ? tokens : null;
	}

	/**
	 * Make reasoning tokens, which came on top of the completion's, a part of these.
	 */
	static LlmTokenUsage withReasoningInCompletion(LlmTokenUsage counts, long reasoning) {
		long completion = orZero(counts.completion()) + reasoning;
		return LlmTokenUsage.of(counts.prompt(), completion,
				Math.max(orZero(counts.total()), orZero(counts.prompt()) + completion));
	}

	/**
	 * Return whether some tokens come on top of those of the prompt and the completion:
	 * the total is the sum of all three.
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
