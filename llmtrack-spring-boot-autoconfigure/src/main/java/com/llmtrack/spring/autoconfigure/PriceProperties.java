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

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;
import java.util.Map;

import com.llmtrack.spring.instrumentation.ModelPrices;
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
	 * Price of prompt tokens that were read from a cache. If not set, that of the others.
	 */
	private @Nullable BigDecimal cachedInput;

	/**
	 * Price of prompt tokens that were written to a cache. If not set, that of the
	 * others.
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
