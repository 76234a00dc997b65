// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ten budgets in memory, each of which counts every request and none of which is ever
 * spent. Costs are estimated by a price list.
 */
final class TenBudgets {

	private static final int NUMBER = 10;

	private TenBudgets() {
	}

	static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("llmtrack.pricing-list", "classpath:prices.json");
		for (int i = 0; i < NUMBER; i++) {
			String budget = "llmtrack.budgets.budget-" + i + ".";
			switch (i % 4) {
				case 0 -> properties.put(budget + "feature", "support-chat");
				case 1 -> properties.put(budget + "model", "instant");
				case 2 -> properties.put(budget + "per", "feature");
				default -> properties.put(budget + "provider", "open*");
			}
			switch (i % 3) {
				case 0 -> properties.put(budget + "limit", "1000000000 USD");
				case 1 -> properties.put(budget + "tokens", "1000000000000000");
				default -> properties.put(budget + "requests", "1000000000000000");
			}
			properties.put(budget + "then", (i < 2) ? "refuse" : "warn");
		}
		return properties;
	}

}
