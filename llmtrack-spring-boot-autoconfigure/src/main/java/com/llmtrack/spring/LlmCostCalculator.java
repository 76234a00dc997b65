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

package com.llmtrack.spring;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * Calculates what a request cost. Without a bean of this type, and without prices in
 * {@code llmtrack.pricing}, LLMtrack does so by its own price list.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmCostCalculator {

	/**
	 * Calculate the cost of a request, on the thread on which the request ended. What
	 * this throws is logged, and the event goes without a cost.
	 * @param event the event of the request
	 * @return the cost in US dollars, not negative, or {@code null} to leave it to
	 * LLMtrack
	 */
	@Nullable BigDecimal calculate(LlmUsageEvent event);

}
