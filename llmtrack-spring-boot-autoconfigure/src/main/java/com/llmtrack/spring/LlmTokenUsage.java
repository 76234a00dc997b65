// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * Token counts of one model request, none of them negative, each {@code null} where the
 * provider reported none.
 * <p>
 * Details say nothing without how they were counted, nor does that without any: neither
 * is kept without the other.
 *
 * @param prompt tokens in the prompt
 * @param completion tokens in the completion
 * @param total tokens altogether
 * @param cachedInput input tokens that were read from a cache
 * @param cacheWrite input tokens that were written to a cache
 * @param reasoning tokens that the model spent on thinking
 * @param accounting whether the details are part of the prompt and the completion
 * @since 0.1.0
 */
public record LlmTokenUsage(@Nullable Long prompt, @Nullable Long completion, @Nullable Long total,
		@Nullable Long cachedInput, @Nullable Long cacheWrite, @Nullable Long reasoning,
		@Nullable CacheAccounting accounting) {

	/**
	 * A usage of which nothing is known.
	 */
	public static final LlmTokenUsage UNKNOWN = new LlmTokenUsage(null, null, null);

	/**
	 * Create token counts, details included.
	 */
	public LlmTokenUsage {
		assertNotNegative(prompt);
		assertNotNegative(completion);
		assertNotNegative(total);
		assertNotNegative(cachedInput);
		assertNotNegative(cacheWrite);
		assertNotNegative(reasoning);
		if (accounting == null) {
			cachedInput = null;
			cacheWrite = null;
			reasoning = null;
		}
		if (cachedInput == null && cacheWrite == null && reasoning == null) {
			accounting = null;
		}
	}

	/**
	 * Create token counts without details.
	 * @param prompt tokens in the prompt, or {@code null} if unknown
	 * @param completion tokens in the completion, or {@code null} if unknown
	 * @param total tokens altogether, or {@code null} if unknown
	 */
	public LlmTokenUsage(@Nullable Long prompt, @Nullable Long completion, @Nullable Long total) {
		this(prompt, completion, total, null, null, null, null);
	}

	private static void assertNotNegative(@Nullable Long tokens) {
		InvalidUsageEventException.throwUnless(tokens == null || tokens >= 0,
				"A number of tokens must not be negative");
	}

}
