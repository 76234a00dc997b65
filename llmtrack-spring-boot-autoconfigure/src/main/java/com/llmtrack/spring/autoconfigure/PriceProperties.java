// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;

import com.llmtrack.spring.pricing.TokenPrices;
import org.jspecify.annotations.Nullable;

/**
 * Prices of one model in US dollars per million tokens.
 *
 * @param input Price of prompt tokens.
 * @param output Price of completion tokens.
 * @param cachedInput Price of prompt tokens that were read from a cache. If not set, the
 * price of other prompt tokens.
 * @param cacheWrite Price of prompt tokens that were written to a cache. If not set, the
 * price of other prompt tokens.
 */
record PriceProperties(@Nullable BigDecimal input, @Nullable BigDecimal output, @Nullable BigDecimal cachedInput,
		@Nullable BigDecimal cacheWrite) {

	TokenPrices price() {
		return new TokenPrices(orZero(this.input), orZero(this.output), this.cachedInput, this.cacheWrite, null);
	}

	void check(String model) {
		String name = "pricing[" + model + "].";
		check(name + "input", this.input);
		check(name + "output", this.output);
		check(name + "cached-input", orZero(this.cachedInput));
		check(name + "cache-write", orZero(this.cacheWrite));
	}

	private static void check(String name, @Nullable BigDecimal price) {
		PropertyChecks.check(price != null && price.signum() >= 0, name, price,
				"Must be a price in US dollars per million tokens, 0 or more. The name of a model is in brackets if "
						+ "it has dots, as in llmtrack.pricing[gpt-4.1].input.");
	}

	private static BigDecimal orZero(@Nullable BigDecimal price) {
		return (price != null) ? price : BigDecimal.ZERO;
	}

}
