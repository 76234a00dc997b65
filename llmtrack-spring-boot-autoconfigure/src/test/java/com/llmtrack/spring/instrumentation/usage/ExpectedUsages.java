// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * What usages are made of in tests, and what is expected of them.
 */
final class ExpectedUsages {

	private ExpectedUsages() {
	}

	static LlmTokenUsage stream(Usage... chunks) {
		List<LlmTokenUsage> usages = Stream.of(chunks).map(TokenUsages::of).toList();
		return usages.stream().reduce(LlmTokenUsage.UNKNOWN, TokenUsages::max);
	}

	static LlmTokenUsage inclusive(long prompt, long completion, @Nullable Long total, @Nullable Long cached,
			@Nullable Long reasoning) {
		return LlmTokenUsage.builder()
			.prompt(prompt)
			.completion(completion)
			.total(total)
			.cachedInput(cached)
			.reasoning(reasoning)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build();
	}

	static LlmTokenUsage exclusive(long prompt, long completion, long total, @Nullable Long read,
			@Nullable Long write) {
		return LlmTokenUsage.builder()
			.prompt(prompt)
			.completion(completion)
			.total(total)
			.cachedInput(read)
			.cacheWrite(write)
			.accounting(LlmTokenAccounting.EXCLUSIVE)
			.build();
	}

	static <T> T fromJson(JsonMapper mapper, String json, Class<T> type) {
		try {
			return mapper.readValue(json, type);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
