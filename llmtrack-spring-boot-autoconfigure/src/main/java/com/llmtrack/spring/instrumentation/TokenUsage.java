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

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * Token counts of one request, each {@code null} if unknown. Spring AI reports unknown
 * usage as zeros, so that a usage of nothing but zeros counts as unknown.
 *
 * @param prompt tokens in the prompt
 * @param completion tokens in the completion
 * @param total tokens altogether
 */
record TokenUsage(@Nullable Long prompt, @Nullable Long completion, @Nullable Long total) {

	static final TokenUsage UNKNOWN = new TokenUsage(null, null, null);

	static TokenUsage of(@Nullable Usage usage) {
		if (usage == null) {
			return UNKNOWN;
		}
		Long prompt = count(usage.getPromptTokens());
		Long completion = count(usage.getCompletionTokens());
		Long total = count(usage.getTotalTokens());
		if (isNothing(prompt) && isNothing(completion) && isNothing(total)) {
			return UNKNOWN;
		}
		return new TokenUsage(prompt, completion, isNothing(total) ? sum(prompt, completion) : total);
	}

	/**
	 * Return the usage of an embedding, which completes nothing: Spring AI reports a
	 * completion of no tokens.
	 */
	static TokenUsage ofEmbedding(@Nullable Usage usage) {
		TokenUsage reported = of(usage);
		return isNothing(reported.completion()) ? new TokenUsage(reported.prompt(), null, reported.total()) : reported;
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
	TokenUsage max(TokenUsage other) {
		if (equals(UNKNOWN) || equals(other)) {
			return other;
		}
		Long prompt = max(this.prompt, other.prompt);
		Long completion = max(this.completion, other.completion);
		return new TokenUsage(prompt, completion, max(max(this.total, other.total), sum(prompt, completion)));
	}

	private static @Nullable Long max(@Nullable Long one, @Nullable Long other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return Math.max(one, other);
	}

}
