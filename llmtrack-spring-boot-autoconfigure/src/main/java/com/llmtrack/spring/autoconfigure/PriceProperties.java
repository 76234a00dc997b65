// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Prices of one model in US dollars per million tokens.
 */
final class PriceProperties {

	/**
	 * Price of prompt tokens.
	 */
	private @Nullable BigDecimal input;

	/**
	 * Price of completion tokens.
	 */
	private @Nullable BigDecimal output;

	/**
	 * Price of prompt tokens that were read from a cache. If not set, the price of other
	 * prompt tokens.
	 */
	private @Nullable BigDecimal cachedInput;

	/**
	 * Price of prompt tokens that were written to a cache. If not set, the price of other
	 * prompt tokens.
	 */
	private @Nullable BigDecimal cacheWrite;

	public @Nullable BigDecimal getInput() {
		return this.input;
	}

	public void setInput(@Nullable BigDecimal input) {
		this.input = input;
	}

	public @Nullable BigDecimal getOutput() {
		return this.output;
	}

	public void setOutput(@Nullable BigDecimal output) {
		this.output = output;
	}

	public @Nullable BigDecimal getCachedInput() {
		return this.cachedInput;
	}

	public void setCachedInput(@Nullable BigDecimal cachedInput) {
		this.cachedInput = cachedInput;
	}

	public @Nullable BigDecimal getCacheWrite() {
		return this.cacheWrite;
	}

	public void setCacheWrite(@Nullable BigDecimal cacheWrite) {
		this.cacheWrite = cacheWrite;
	}

	static void checkAll(Map<String, PriceProperties> prices) {
		for (Map.Entry<String, PriceProperties> price : prices.entrySet()) {
			price.getValue().check("llmtrack.pricing[" + price.getKey() + "]");
		}
	}

	private void check(String name) {
		check(name + ".input", this.input, true);
		check(name + ".output", this.output, true);
		check(name + ".cached-input", this.cachedInput, false);
		check(name + ".cache-write", this.cacheWrite, false);
	}

	private static void check(String name, @Nullable BigDecimal price, boolean required) {
		if ((required && price == null) || (price != null && price.signum() < 0)) {
			throw new InvalidConfigurationPropertyValueException(name, price,
					"Must be a price in US dollars per million tokens, 0 or more. The name of a model is in brackets if "
							+ "it has dots, as in llmtrack.pricing[gpt-4.1].input.");
		}
	}

	ModelPrices.Price price() {
		return new ModelPrices.Price(orZero(this.input), orZero(this.output), this.cachedInput, this.cacheWrite);
	}

	private static BigDecimal orZero(@Nullable BigDecimal price) {
		return (price != null) ? price : BigDecimal.ZERO;
	}

}
