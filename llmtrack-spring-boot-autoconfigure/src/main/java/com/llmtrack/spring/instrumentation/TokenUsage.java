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
 * Token counts of one request. Spring AI reports unknown usage as zeros, so that a usage
 * of nothing but zeros counts as unknown.
 *
 * @param prompt tokens in the prompt
 * @param completion tokens in the completion
 * @param total tokens altogether
 */
record TokenUsage(long prompt, long completion, long total) {

	static final TokenUsage UNKNOWN = new TokenUsage(0, 0, 0);

	static TokenUsage of(@Nullable Usage usage) {
		if (usage == null) {
			return UNKNOWN;
		}
		long prompt = count(usage.getPromptTokens());
		long completion = count(usage.getCompletionTokens());
		long total = count(usage.getTotalTokens());
		return new TokenUsage(prompt, completion, (total > 0) ? total : prompt + completion);
	}

	private static long count(@Nullable Integer tokens) {
		return (tokens != null && tokens > 0) ? tokens : 0;
	}

	/**
	 * Combine the counts of two chunks of a stream. Providers repeat or raise a count
	 * from chunk to chunk but never split it, so that the larger one is the truth, not
	 * the sum.
	 */
	TokenUsage max(TokenUsage other) {
		long prompt = Math.max(this.prompt, other.prompt);
		long completion = Math.max(this.completion, other.completion);
		long total = Math.max(this.total, other.total);
		return new TokenUsage(prompt, completion, Math.max(total, prompt + completion));
	}

	boolean isKnown() {
		return this.total > 0;
	}

}
