// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package org.springframework.ai.deepseek.api;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for the class of {@code spring-ai-deepseek} 2.0.1, as far as it is read.
 */
public final class DeepSeekApi {

	private DeepSeekApi() {
	}

	public record Usage(Integer completionTokens, Integer promptTokens, Integer totalTokens,
			@Nullable PromptTokensDetails promptTokensDetails) {

		public record PromptTokensDetails(@Nullable Integer cachedTokens) {
		}

	}

}
