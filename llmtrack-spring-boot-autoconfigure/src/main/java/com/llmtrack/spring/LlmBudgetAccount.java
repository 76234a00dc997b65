// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What was spent of a budget in one of its periods. A budget with
 * {@code llmtrack.budgets.*.per} has an account for each customer or feature, any other
 * one account for all.
 *
 * @param budget the name of the budget
 * @param owner the customer's id or the feature that the account is for, or {@code null}
 * if it is for all
 * @param unit what the budget limits
 * @param limit how much of it may be spent in a period, not negative
 * @param spent how much of it was spent in this period, more than the limit if it was
 * exceeded
 * @param start the begin of the period
 * @param end the end of the period, where the next one begins
 * @since 0.1.0
 */
public record LlmBudgetAccount(String budget, @Nullable String owner, LlmBudgetUnit unit, BigDecimal limit,
		BigDecimal spent, ZonedDateTime start, ZonedDateTime end) implements Serializable {

	/**
	 * Return which part of the limit was spent.
	 * @return the part, 1 if it is the whole limit or if the limit is 0
	 */
	public double share() {
		return (this.limit.signum() > 0) ? this.spent.doubleValue() / this.limit.doubleValue() : 1;
	}

	/**
	 * Return the account in words.
	 * @return such as "Budget 'support' of 'acme': 49.87 of 50 USD spent"
	 */
	@Override
	public String toString() {
		return "Budget '" + this.budget + "'" + ((this.owner != null) ? " of '" + this.owner + "'" : "") + ": "
				+ this.spent.toPlainString() + " of " + this.limit.toPlainString() + " " + unitName() + " spent";
	}

	private String unitName() {
		return (this.unit == LlmBudgetUnit.USD) ? this.unit.name() : this.unit.name().toLowerCase(Locale.ROOT);
	}

}
