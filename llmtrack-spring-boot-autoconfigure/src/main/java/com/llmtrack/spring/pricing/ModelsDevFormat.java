// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.llmtrack.spring.pricing.ListedPrice.LongContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of models.dev: models by provider, with prices per million tokens.
 */
final class ModelsDevFormat {

	private ModelsDevFormat() {
	}

	static void read(String provider, Map<?, ?> models, ListedPrices prices) {
		models.forEach((name, model) -> {
			if (model instanceof Map<?, ?> entry) {
				prices.add(provider, (String) name, price(entry.get("cost")));
			}
		});
	}

	private static ListedPrice price(@Nullable Object json) {
		Map<?, ?> cost = (json instanceof Map<?, ?> map) ? map : Map.of();
		TokenPrices prices = prices(cost, null);
		return (prices != null) ? new ListedPrice(prices, longContext(cost, prices)) : ListedPrice.NONE;
	}

	/**
	 * Return the prices of long prompts. Tiers have exact limits, which the property
	 * beside them does not have.
	 */
	private static List<LongContext> longContext(Map<?, ?> cost, TokenPrices shorter) {
		List<LongContext> tiers = new ArrayList<>();
		if (cost.get("tiers") instanceof List<?> list) {
			for (Object element : list) {
				if (element instanceof Map<?, ?> entry && entry.get("tier") instanceof Map<?, ?> tier
						&& tier.get("size") instanceof Number size) {
					add(tiers, size.longValue(), prices(entry, shorter));
				}
			}
		}
		else if (cost.get("context_over_200k") instanceof Map<?, ?> entry) {
			add(tiers, 200_000, prices(entry, shorter));
		}
		return tiers;
	}

	private static void add(List<LongContext> tiers, long above, @Nullable TokenPrices prices) {
		if (prices != null) {
			tiers.add(new LongContext(above, prices));
		}
	}

	private static @Nullable TokenPrices prices(Map<?, ?> cost, @Nullable TokenPrices shorter) {
		return PriceListFormat.prices(PriceListFormat.number(cost, "input"), PriceListFormat.number(cost, "output"),
				PriceListFormat.number(cost, "cache_read"), PriceListFormat.number(cost, "cache_write"),
				PriceListFormat.number(cost, "reasoning"), shorter);
	}

}
