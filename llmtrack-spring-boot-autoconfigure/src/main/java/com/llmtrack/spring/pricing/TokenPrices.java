// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.math.BigDecimal;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Prices of one model, each in US dollars per million tokens.
 *
 * @param input price of prompt tokens
 * @param output price of completion tokens
 * @param cachedInput price of prompt tokens that were read from a cache, or {@code null}
 * for the price of other prompt tokens
 * @param cacheWrite price of prompt tokens that were written to a cache, or {@code null}
 * for the price of other prompt tokens
 * @param reasoning price of reasoning tokens, or {@code null} for the price of other
 * completion tokens
 */
public record TokenPrices(BigDecimal input, BigDecimal output, @Nullable BigDecimal cachedInput,
		@Nullable BigDecimal cacheWrite, @Nullable BigDecimal reasoning) {

	/**
	 * Return what tokens cost.
	 * @param tokens the tokens of a request
	 * @return the cost in US dollars, or {@code null} if the tokens of the prompt or of
	 * the completion are unknown
	 */
	@Nullable BigDecimal cost(LlmTokenUsage tokens) {
		Long prompt = tokens.prompt();
		Long completion = tokens.completion();
		if (prompt == null || (completion == null && this.output.signum() != 0)) {
			return null;
		}
		long cached = orZero(tokens.cachedInput());
		long written = orZero(tokens.cacheWrite());
		long reasoning = orZero(tokens.reasoning());
		boolean inclusive = tokens.accounting() == LlmTokenAccounting.INCLUSIVE;
		long read = inclusive ? Math.max(prompt - cached - written, 0) : prompt;
		long answered = inclusive ? Math.max(orZero(completion) - reasoning, 0) : orZero(completion);
		BigDecimal sum = add(BigDecimal.ZERO, read, this.input);
		sum = add(sum, answered, this.output);
		sum = add(sum, cached, orElse(this.cachedInput, this.input));
		sum = add(sum, written, orElse(this.cacheWrite, this.input));
		sum = add(sum, reasoning, orElse(this.reasoning, this.output));
		return sum.scaleByPowerOfTen(-6).stripTrailingZeros();
	}

	private static BigDecimal add(BigDecimal sum, long tokens, BigDecimal price) {
		return (tokens != 0) ? sum.add(BigDecimal.valueOf(tokens).multiply(price)) : sum;
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

	private static BigDecimal orElse(@Nullable BigDecimal price, BigDecimal otherwise) {
		return (price != null) ? price : otherwise;
	}

}
