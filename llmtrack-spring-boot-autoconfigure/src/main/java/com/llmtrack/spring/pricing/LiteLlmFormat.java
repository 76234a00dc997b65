// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.llmtrack.spring.pricing.ListedPrice.LongContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of LiteLLM: models with their provider, which most names begin with, and
 * prices per token. Prices of batches, priorities and media are left out, as events don't
 * tell them.
 */
final class LiteLlmFormat {

	/** The kinds of models that are charged by tokens only. */
	private static final Set<String> MODES = Set.of("chat", "completion", "responses", "embedding");

	private static final Pattern LONG_CONTEXT = Pattern.compile("input_cost_per_token_above_(\\d+)k_tokens");

	/** Providers that are not the same as in events but for the underscores. */
	private static final Map<String, String> PROVIDERS = Map.ofEntries(Map.entry("azure_ai", "azure"),
			Map.entry("azure_text", "azure"), Map.entry("bedrock", "amazon-bedrock"),
			Map.entry("bedrock_converse", "amazon-bedrock"), Map.entry("cloudflare", "cloudflare-workers-ai"),
			Map.entry("codestral", "mistral"), Map.entry("cohere_chat", "cohere"), Map.entry("dashscope", "alibaba"),
			Map.entry("fireworks_ai-embedding-models", "fireworks-ai"), Map.entry("gemini", "google"),
			Map.entry("moonshot", "moonshotai"), Map.entry("novita", "novita-ai"), Map.entry("nvidia_nim", "nvidia"),
			Map.entry("text-completion-openai", "openai"), Map.entry("together_ai", "togetherai"),
			Map.entry("vercel_ai_gateway", "vercel"));

	private LiteLlmFormat() {
	}

	static void read(String key, String litellmProvider, Map<?, ?> entry, ListedPrices prices) {
		Object mode = entry.get("mode");
		if (mode == null || MODES.contains(mode)) {
			String provider = provider(litellmProvider);
			int slash = key.indexOf('/');
			boolean prefixed = slash > 0 && provider(key.substring(0, slash)).equals(provider);
			prices.add(provider, prefixed ? key.substring(slash + 1) : key, price(entry));
		}
	}

	private static String provider(String name) {
		return name.startsWith("vertex_ai") ? "google-vertex" : PROVIDERS.getOrDefault(name, name.replace('_', '-'));
	}

	private static ListedPrice price(Map<?, ?> entry) {
		List<LongContext> tiers = new ArrayList<>();
		TokenPrices prices = prices(entry, "", null);
		if (prices == null && entry.get("tiered_pricing") instanceof List<?> ranges) {
			return tiered(ranges);
		}
		if (prices == null) {
			return ListedPrice.NONE;
		}
		for (Object name : entry.keySet()) {
			Matcher matcher = LONG_CONTEXT.matcher((String) name);
			if (matcher.matches()) {
				TokenPrices longer = prices(entry, "_above_" + matcher.group(1) + "k_tokens", prices);
				if (longer != null) {
					tiers.add(new LongContext(Long.parseLong(matcher.group(1)) * 1000, longer));
				}
			}
		}
		return new ListedPrice(prices, tiers);
	}

	private static ListedPrice tiered(List<?> ranges) {
		TokenPrices first = null;
		List<LongContext> tiers = new ArrayList<>();
		for (Object element : ranges) {
			if (element instanceof Map<?, ?> entry && entry.get("range") instanceof List<?> range && !range.isEmpty()
					&& range.get(0) instanceof Number above) {
				TokenPrices prices = prices(entry, "", null);
				if (prices == null) {
					return ListedPrice.NONE;
				}
				first = (first != null) ? first : prices;
				tiers.add(new LongContext(above.longValue(), prices));
			}
		}
		return (first != null) ? new ListedPrice(first, tiers) : ListedPrice.NONE;
	}

	private static @Nullable TokenPrices prices(Map<?, ?> entry, String suffix, @Nullable TokenPrices shorter) {
		BigDecimal output = perMillion(entry, "output_cost_per_token" + suffix);
		if (output == null && "embedding".equals(entry.get("mode"))) {
			output = BigDecimal.ZERO;
		}
		return PriceListFormat.prices(perMillion(entry, "input_cost_per_token" + suffix), output,
				perMillion(entry, "cache_read_input_token_cost" + suffix),
				perMillion(entry, "cache_creation_input_token_cost" + suffix),
				perMillion(entry, "output_cost_per_reasoning_token" + suffix), shorter);
	}

	private static @Nullable BigDecimal perMillion(Map<?, ?> entry, String name) {
		BigDecimal perToken = PriceListFormat.number(entry, name);
		return (perToken != null) ? perToken.scaleByPowerOfTen(6).stripTrailingZeros() : null;
	}

}
