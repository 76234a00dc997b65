// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.CostEstimates;
import com.llmtrack.spring.pricing.PriceList;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.StringUtils;

/**
 * The price list that {@code llmtrack.pricing-list} names.
 */
final class PriceLists {

	private PriceLists() {
	}

	/**
	 * Create a price list, which nothing reads before it is needed.
	 * @param location where the list is, or {@code null} if there is none
	 * @param classLoader knows the resources of the application
	 * @return estimates by the list, or {@code null} if there is none
	 */
	static @Nullable CostEstimates create(@Nullable String location, @Nullable ClassLoader classLoader) {
		if (!StringUtils.hasText(location)) {
			return null;
		}
		String stripped = location.strip();
		return new Estimates(new PriceList(new DefaultResourceLoader(classLoader).getResource(stripped), stripped));
	}

	/**
	 * Return whether a list may be there. Lists that have to be downloaded may not: a
	 * budget must not depend on somebody else's server.
	 * @param location the location; an empty one is none, so that it may come from a
	 * variable that is not set everywhere
	 */
	static boolean isLocation(@Nullable String location) {
		if (!StringUtils.hasText(location)) {
			return true;
		}
		String stripped = location.strip();
		return hasPath(stripped, "file:") || hasPath(stripped, "classpath:");
	}

	private static boolean hasPath(String location, String prefix) {
		return location.startsWith(prefix) && location.length() > prefix.length();
	}

	private record Estimates(PriceList prices) implements CostEstimates {

		@Override
		public @Nullable BigDecimal estimate(LlmUsageEvent event) {
			return this.prices.calculate(event);
		}

		@Override
		public void whenReady(Runnable action) {
			if (!this.prices.whenLoaded(action)) {
				action.run();
			}
		}

	}

}
