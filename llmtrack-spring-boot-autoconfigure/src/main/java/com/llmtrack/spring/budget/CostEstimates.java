// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what requests cost, until LLMtrack says it. Used by any thread; never waits
 * or throws.
 */
public interface CostEstimates {

	/**
	 * Estimate the cost of a request: always the same, once estimates are ready.
	 * @param event the event of the request
	 * @return the cost in US dollars, or {@code null} if it is unknown
	 */
	@Nullable BigDecimal estimate(LlmUsageEvent event);

	/**
	 * Run an action when estimates are ready, or now if they are or will never be.
	 * Actions run one after the other.
	 * @param action the action, which does not throw
	 */
	void whenReady(Runnable action);

}
