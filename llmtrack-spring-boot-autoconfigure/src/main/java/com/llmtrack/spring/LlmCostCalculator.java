// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * Calculates the cost of a request. Without a bean of this type, and without prices in
 * {@code llmtrack.pricing}, LLMtrack calculates it with its own price list.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmCostCalculator {

	/**
	 * Calculate the cost of a request, on the thread on which the request ended.
	 * Exceptions are logged, and the event then has no cost.
	 * @param event the event of the request
	 * @return the cost in US dollars, not negative, or {@code null} to leave it to
	 * LLMtrack
	 */
	@Nullable BigDecimal calculate(LlmUsageEvent event);

}
