/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import com.llmtrack.spring.CacheAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * Reads the usage that Spring AI reports. It reports unknown usage as zeros, so that a
 * usage of nothing but zeros counts as unknown.
 */
final class TokenUsages {

	private TokenUsages() {
	}

	static LlmTokenUsage of(@Nullable Usage usage) {
		if (usage == null) {
			return LlmTokenUsage.UNKNOWN;
		}
		Long prompt = count(usage.getPromptTokens());
		Long completion = count(usage.getCompletionTokens());
		Long total = count(usage.getTotalTokens());
		if (isNothing(prompt) && isNothing(completion) && isNothing(total)) {
			return LlmTokenUsage.UNKNOWN;
		}
		return TokenDetails
			.addTo(new LlmTokenUsage(prompt, completion, isNothing(total) ? sum(prompt, completion) : total), usage);
	}

	/**
	 * Return the usage of an embedding, which completes nothing: Spring AI reports a
	 * completion of no tokens.
	 */
	static LlmTokenUsage ofEmbedding(@Nullable Usage usage) {
		LlmTokenUsage reported = of(usage);
		return isNothing(reported.completion()) ? new LlmTokenUsage(reported.prompt(), null, reported.total())
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
	 * from chunk to chunk but never split it, so that the larger one is the truth, not
	 * the sum. Where the parts came in different chunks, no total was ever reported for
	 * both.
	 */
	static LlmTokenUsage max(LlmTokenUsage one, LlmTokenUsage other) {
		if (one.equals(LlmTokenUsage.UNKNOWN) || one.equals(other)) {
			return other;
		}
		Long prompt = max(one.prompt(), other.prompt());
		Long completion = max(one.completion(), other.completion());
		Long total = max(max(one.total(), other.total()), sum(prompt, completion));
		CacheAccounting accounting = (one.accounting() != null) ? one.accounting() : other.accounting();
		return new LlmTokenUsage(prompt, completion, total, max(one.cachedInput(), other.cachedInput()),
				max(one.cacheWrite(), other.cacheWrite()), max(one.reasoning(), other.reasoning()), accounting);
	}

	private static @Nullable Long max(@Nullable Long one, @Nullable Long other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return Math.max(one, other);
	}

}
