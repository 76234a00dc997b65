// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * The price of a model in a price list. Where long prompts have prices of their own,
 * these are for all tokens of the request, as providers charge them.
 *
 * @param prices the prices, or {@code null} if the list has none for the model
 * @param longContext prices of requests with long prompts, in any order
 */
record ListedPrice(@Nullable TokenPrices prices, List<LongContext> longContext) {

	/** Of a model which the list names without a price, so that no other one applies. */
	static final ListedPrice NONE = new ListedPrice(null, List.of());

	ListedPrice {
		longContext = longContext.stream().sorted(Comparator.comparingLong(LongContext::above).reversed()).toList();
	}

	@Nullable BigDecimal cost(LlmTokenUsage tokens) {
		TokenPrices prices = this.prices;
		if (prices != null && !this.longContext.isEmpty()) {
			long input = input(tokens);
			for (LongContext tier : this.longContext) {
				if (input > tier.above()) {
					prices = tier.prices();
					break;
				}
			}
		}
		return (prices != null) ? prices.cost(tokens) : null;
	}

	private static long input(LlmTokenUsage tokens) {
		long prompt = orZero(tokens.prompt());
		return (tokens.accounting() == LlmTokenAccounting.EXCLUSIVE)
				? prompt + orZero(tokens.cachedInput()) + orZero(tokens.cacheWrite()) : prompt;
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

	boolean isFree() {
		return this.prices != null && this.prices.input().signum() == 0 && this.prices.output().signum() == 0;
	}

	/**
	 * Prices of requests with a long prompt.
	 *
	 * @param above the tokens that a prompt has to exceed, including cached ones
	 * @param prices the prices
	 */
	record LongContext(long above, TokenPrices prices) {
	}

}
