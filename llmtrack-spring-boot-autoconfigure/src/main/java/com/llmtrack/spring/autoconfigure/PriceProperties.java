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
	private final @Nullable BigDecimal input;

	/**
	 * Price of completion tokens.
	 */
	private final @Nullable BigDecimal output;

	/**
	 * Price of prompt tokens that were read from a cache. If not set, that of the others.
	 */
	private final @Nullable BigDecimal cachedInput;

	/**
	 * Price of prompt tokens that were written to a cache. If not set, that of the
	 * others.
	 */
	private final @Nullable BigDecimal cacheWrite;

	PriceProperties(@Nullable BigDecimal input, @Nullable BigDecimal output, @Nullable BigDecimal cachedInput,
			@Nullable BigDecimal cacheWrite) {
		this.input = input;
		this.output = output;
		this.cachedInput = cachedInput;
		this.cacheWrite = cacheWrite;
	}

	void check(String name) {
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
