// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Calculates costs by prices that an application sets per model. The cost is unknown if
 * the model has no price, or if the tokens of the prompt or of the completion are
 * unknown.
 */
public final class ModelPrices implements LlmCostCalculator {

	private final Map<String, TokenPrices> prices = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	/**
	 * Create prices.
	 * @param prices prices by the model names of events, which are compared ignoring case
	 */
	public ModelPrices(Map<String, TokenPrices> prices) {
		this.prices.putAll(prices);
	}

	@Override
	public @Nullable BigDecimal calculate(LlmUsageEvent event) {
		TokenPrices price = this.prices.get(event.model());
		return (price != null) ? price.cost(event.tokens()) : null;
	}

}
