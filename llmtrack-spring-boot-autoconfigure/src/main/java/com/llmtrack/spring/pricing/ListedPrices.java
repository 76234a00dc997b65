// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The prices of a price list by provider and model. Filled by one thread, then only read.
 */
final class ListedPrices {

	/** Nobody charges for their models, whatever others charge for the same ones. */
	private static final Set<String> LOCAL = Set.of("ollama", "lmstudio", "docker-model-runner", "onnx", "postgresml");

	/** Providers whose models a list may have under another name as well. */
	private static final Map<String, String> ALTERNATIVES = Map.of("google-vertex", "google-vertex-anthropic", "azure",
			"azure-cognitive-services", "alibaba-cn", "alibaba", "minimax-cn", "minimax", "moonshotai-cn", "moonshotai",
			"siliconflow-cn", "siliconflow", "zhipuai", "zai");

	private final Map<String, Map<String, ListedPrice>> byProvider = new HashMap<>();

	private int size;

	/**
	 * Add a model. Of entries with the same name, the first one with a price counts.
	 */
	void add(String provider, String model, ListedPrice price) {
		Map<String, ListedPrice> models = this.byProvider.computeIfAbsent(ModelNames.normalize(provider),
				(name) -> new HashMap<>());
		models.merge(ModelNames.normalize(model), price, (first, second) -> (first.prices() != null) ? first : second);
		this.size += (price.prices() != null) ? 1 : 0;
	}

	/**
	 * Return the number of entries with a price.
	 */
	int size() {
		return this.size;
	}

	/**
	 * Return the price of a model: the provider's, else the one of the provider that made
	 * the model, else the one on which all providers agree.
	 * @return the price, or {@code null} if there is none
	 */
	@Nullable ListedPrice find(String provider, String model) {
		String seller = ModelNames.normalize(provider).replace('_', '-');
		Set<String> names = ModelNames.spellings(ModelNames.normalize(model));
		ListedPrice price = find(this.byProvider.get(seller), names);
		if (price == null) {
			price = find(this.byProvider.get(ALTERNATIVES.getOrDefault(seller, "")), names);
		}
		if (price == null && !LOCAL.contains(seller)) {
			price = findOfAnyProvider(names);
		}
		return (price != null && price.prices() != null) ? price : null;
	}

	private static @Nullable ListedPrice find(@Nullable Map<String, ListedPrice> models, Set<String> names) {
		if (models != null) {
			for (String name : names) {
				ListedPrice price = models.get(name);
				if (price != null) {
					return price;
				}
			}
		}
		return null;
	}

	private @Nullable ListedPrice findOfAnyProvider(Set<String> names) {
		for (String name : names) {
			String owner = ModelNames.ownerOf(name);
			ListedPrice price = (owner != null) ? find(this.byProvider.get(owner), Set.of(name)) : null;
			if (price == null) {
				price = findAgreed(name);
			}
			if (price != null) {
				return price;
			}
		}
		return null;
	}

	/**
	 * Return the only price of a model. Subscriptions and trials are listed as free, so
	 * that a price of zero counts only if all are.
	 */
	private @Nullable ListedPrice findAgreed(String name) {
		Set<ListedPrice> prices = new HashSet<>();
		this.byProvider.forEach((provider, models) -> {
			ListedPrice price = models.get(name);
			if (price != null && price.prices() != null && !LOCAL.contains(provider)) {
				prices.add(price);
			}
		});
		if (prices.size() > 1) {
			prices.removeIf(ListedPrice::isFree);
		}
		return (prices.size() == 1) ? prices.iterator().next() : null;
	}

}
