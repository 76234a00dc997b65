// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.math.BigDecimal;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The formats of price lists, told apart by their content. An entry that is malformed has
 * no price, so that the others still count.
 */
final class PriceListFormat {

	private PriceListFormat() {
	}

	/**
	 * Read a price list.
	 * @param json the list, as {@link com.llmtrack.spring.json.Json Json} reads it
	 * @throws IllegalArgumentException if it is of no known format, or has no prices
	 */
	static ListedPrices read(@Nullable Object json) {
		ListedPrices prices = new ListedPrices();
		if (json instanceof Map<?, ?> list) {
			list.forEach((key, value) -> {
				if (!(value instanceof Map<?, ?> entry)) {
					return;
				}
				if (entry.get("models") instanceof Map<?, ?> models) {
					ModelsDevFormat.read((String) key, models, prices);
				}
				else if (entry.get("litellm_provider") instanceof String provider) {
					LiteLlmFormat.read((String) key, provider, entry, prices);
				}
			});
		}
		if (prices.size() == 0) {
			throw new IllegalArgumentException(
					"it has no prices in the format of models.dev (api.json) or LiteLLM (model_prices_and_context_window.json)");
		}
		return prices;
	}

	/**
	 * Return a number of an entry.
	 * @return the number in a form that has equal ones for equal prices, or {@code null}
	 * if there is none, or a negative one, which stands for a price that varies
	 */
	static @Nullable BigDecimal number(Map<?, ?> entry, String name) {
		if (!(entry.get(name) instanceof Number number)) {
			return null;
		}
		BigDecimal value = (number instanceof BigDecimal decimal) ? decimal : new BigDecimal(number.toString());
		return (value.signum() >= 0) ? value.stripTrailingZeros() : null;
	}

	/**
	 * Return prices, where a missing one is that of shorter prompts.
	 */
	static @Nullable TokenPrices prices(@Nullable BigDecimal input, @Nullable BigDecimal output,
			@Nullable BigDecimal cachedInput, @Nullable BigDecimal cacheWrite, @Nullable BigDecimal reasoning,
			@Nullable TokenPrices shorter) {
		BigDecimal read = (input != null || shorter == null) ? input : shorter.input();
		BigDecimal answered = (output != null || shorter == null) ? output : shorter.output();
		if (read == null || answered == null) {
			return null;
		}
		return new TokenPrices(read, answered,
				(cachedInput != null || shorter == null) ? cachedInput : shorter.cachedInput(),
				charged(cacheWrite, read, (shorter != null) ? shorter.cacheWrite() : null),
				(reasoning != null || shorter == null) ? reasoning : shorter.reasoning());
	}

	/**
	 * Return the price of cache writes. Where the lists say that a write costs nothing,
	 * it costs nothing in addition to reading the tokens.
	 */
	private static @Nullable BigDecimal charged(@Nullable BigDecimal cacheWrite, BigDecimal input,
			@Nullable BigDecimal otherwise) {
		BigDecimal price = (cacheWrite != null) ? cacheWrite : otherwise;
		return (price != null && price.signum() == 0) ? input : price;
	}

}
