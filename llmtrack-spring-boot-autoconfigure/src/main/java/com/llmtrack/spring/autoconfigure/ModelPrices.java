// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Calculates costs by prices per model. The cost is unknown if the model has no price, or
 * if the tokens of the prompt or of the completion are unknown.
 */
final class ModelPrices implements LlmCostCalculator {

	private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

	private final Map<String, Price> prices = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	/**
	 * Create a price list.
	 * @param prices prices by the model names of events, which are compared ignoring case
	 */
	ModelPrices(Map<String, Price> prices) {
		this.prices.putAll(prices);
	}

	@Override
	public @Nullable BigDecimal calculate(LlmUsageEvent event) {
		Price price = this.prices.get(event.model());
		LlmTokenUsage tokens = event.tokens();
		Long prompt = tokens.prompt();
		Long completion = tokens.completion();
		if (price == null || prompt == null || (completion == null && price.output().signum() != 0)) {
			return null;
		}
		long cached = orZero(tokens.cachedInput());
		long written = orZero(tokens.cacheWrite());
		long input = (tokens.accounting() == LlmTokenAccounting.INCLUSIVE) ? Math.max(prompt - cached - written, 0)
				: prompt;
		return cost(input, price.input()).add(cost(orZero(completion), price.output()))
			.add(cost(cached, orElse(price.cachedInput(), price.input())))
			.add(cost(written, orElse(price.cacheWrite(), price.input())))
			.stripTrailingZeros();
	}

	private static BigDecimal cost(long tokens, BigDecimal pricePerMillion) {
		return BigDecimal.valueOf(tokens).multiply(pricePerMillion).divide(MILLION);
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

	private static BigDecimal orElse(@Nullable BigDecimal price, BigDecimal otherwise) {
		return (price != null) ? price : otherwise;
	}

	/**
	 * Prices of one model, each in US dollars per million tokens.
	 *
	 * @param input price of prompt tokens
	 * @param output price of completion tokens
	 * @param cachedInput price of prompt tokens that were read from a cache, or
	 * {@code null} for the price of other prompt tokens
	 * @param cacheWrite price of prompt tokens that were written to a cache, or
	 * {@code null} for the price of other prompt tokens
	 */
	record Price(BigDecimal input, BigDecimal output, @Nullable BigDecimal cachedInput,
			@Nullable BigDecimal cacheWrite) {
	}

}
