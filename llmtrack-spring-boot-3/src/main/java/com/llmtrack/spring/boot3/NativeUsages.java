// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.zhipuai.api.ZhiPuAiApi;

/**
 * Reads what providers report about cached and reasoning tokens. A class of a provider's
 * library is loaded only if there is an instance of it.
 */
final class NativeUsages {

	private NativeUsages() {
	}

	/**
	 * Return the details of a usage, or {@code null} if its class is not known.
	 */
	static @Nullable LlmTokenUsage details(Object nativeUsage) {
		return switch (nativeUsage.getClass().getName()) {
			case "org.springframework.ai.anthropic.api.AnthropicApi$Usage" -> Anthropic.details(nativeUsage);
			case "org.springframework.ai.openai.api.OpenAiApi$Usage" -> OpenAi.details(nativeUsage);
			case "org.springframework.ai.zhipuai.api.ZhiPuAiApi$Usage" -> ZhiPuAi.details(nativeUsage);
			default -> null;
		};
	}

	private static @Nullable Long count(@Nullable Integer tokens) {
		return (tokens != null && tokens > 0) ? tokens.longValue() : null;
	}

	private static LlmTokenUsage inclusive(@Nullable Integer cached, @Nullable Integer reasoning) {
		return LlmTokenUsage.builder()
			.cachedInput(count(cached))
			.reasoning(count(reasoning))
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build();
	}

	private static final class Anthropic {

		static LlmTokenUsage details(Object nativeUsage) {
			AnthropicApi.Usage usage = (AnthropicApi.Usage) nativeUsage;
			return LlmTokenUsage.builder()
				.cachedInput(count(usage.cacheReadInputTokens()))
				.cacheWrite(count(usage.cacheCreationInputTokens()))
				.accounting(LlmTokenAccounting.EXCLUSIVE)
				.build();
		}

	}

	private static final class OpenAi {

		static LlmTokenUsage details(Object nativeUsage) {
			OpenAiApi.Usage usage = (OpenAiApi.Usage) nativeUsage;
			OpenAiApi.Usage.PromptTokensDetails prompt = usage.promptTokensDetails();
			OpenAiApi.Usage.CompletionTokenDetails completion = usage.completionTokenDetails();
			return inclusive((prompt != null) ? prompt.cachedTokens() : null,
					(completion != null) ? completion.reasoningTokens() : null);
		}

	}

	private static final class ZhiPuAi {

		static LlmTokenUsage details(Object nativeUsage) {
			ZhiPuAiApi.Usage.PromptTokensDetails prompt = ((ZhiPuAiApi.Usage) nativeUsage).promptTokensDetails();
			return inclusive((prompt != null) ? prompt.cachedTokens() : null, null);
		}

	}

}
