// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;

import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an event costs: what the application says; else an estimate by a price list, which
 * LLMtrack's answer corrects; else nothing until LLMtrack answers. Warns once of a model
 * without any price. Safe for any thread; never throws.
 */
final class Costs {

	private static final Log logger = LogFactory.getLog(Costs.class);

	private final LogOnce missing = LogOnce.forever();

	private final @Nullable CostEstimates estimates;

	private final boolean answered;

	/**
	 * Create costs.
	 * @param estimates estimates costs, or {@code null} if nothing does
	 * @param answered whether LLMtrack gets the events, so that it may say what they cost
	 */
	Costs(@Nullable CostEstimates estimates, boolean answered) {
		this.estimates = estimates;
		this.answered = answered;
	}

	/**
	 * Run an action when what it asks here has its final answer.
	 */
	void whenReady(Runnable action) {
		if (this.estimates != null) {
			this.estimates.whenReady(action);
		}
		else {
			action.run();
		}
	}

	/**
	 * Return what an event costs, as far as that is known now.
	 */
	long of(LlmUsageEvent event) {
		BigDecimal cost = event.cost();
		if (cost == null) {
			cost = estimate(event);
			if (cost == null && !this.answered) {
				warnOfMissingPrice(event);
			}
		}
		return amount(cost);
	}

	/**
	 * Return what to add to {@link #of what an event costs} after LLMtrack's answer.
	 * @param event the event
	 * @param answer what it costs, or {@code null} if LLMtrack does not know it
	 */
	long correction(LlmUsageEvent event, @Nullable BigDecimal answer) {
		if (event.cost() != null) {
			return 0;
		}
		BigDecimal estimate = estimate(event);
		if (answer != null) {
			return amount(answer) - amount(estimate);
		}
		if (estimate == null) {
			warnOfMissingPrice(event);
		}
		return 0;
	}

	private static long amount(@Nullable BigDecimal cost) {
		return (cost != null) ? Amounts.of(LlmBudgetUnit.USD, cost) : 0;
	}

	private @Nullable BigDecimal estimate(LlmUsageEvent event) {
		try {
			return (this.estimates != null) ? this.estimates.estimate(event) : null;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The cost of a request could not be estimated.", ex);
			return null;
		}
	}

	/**
	 * A request that failed used no tokens, or nobody knows how many.
	 */
	private void warnOfMissingPrice(LlmUsageEvent event) {
		boolean used = event.tokens().total() != null || event.tokens().prompt() != null;
		if (used && this.missing.isDue(event.provider() + '/' + event.model())) {
			logger.warn("Budgets in USD count 0 for requests to '" + event.model() + "' of " + event.provider()
					+ ", as nothing says what they cost. Set llmtrack.pricing or llmtrack.pricing-list.");
		}
	}

}
