// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

import com.llmtrack.spring.LlmBudgetAccount;
import com.llmtrack.spring.budget.BudgetSettings;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import com.llmtrack.spring.budget.BudgetStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows of a budget.
 *
 * @param name the name
 * @param period how long the limit is for
 * @param start the begin of the present period
 * @param end the end of the present period
 * @param unit what is limited
 * @param limit the limit
 * @param spent how much was spent in the period, by all or by the fullest account
 * @param share which part of the limit that is
 * @param state {@code ok}, {@code warning} or {@code exceeded}
 * @param then what happens when the limit is reached
 * @param refused how many requests were refused since the start
 * @param per what has an account of its own, or {@code null} if there is one for all
 * @param accounts how many accounts there are
 * @param fullest the accounts of which the largest part was spent, if each owner has one
 */
public record BudgetReport(String name, String period, OffsetDateTime start, OffsetDateTime end, String unit,
		BigDecimal limit, BigDecimal spent, double share, String state, String then, long refused, @Nullable String per,
		int accounts, List<Account> fullest) {

	static BudgetReport of(BudgetStatus status) {
		BudgetSettings settings = status.settings();
		LlmBudgetAccount account = status.account();
		Owner per = settings.per();
		return new BudgetReport(settings.name(), TagValues.of(settings.period()), account.start().toOffsetDateTime(),
				account.end().toOffsetDateTime(), TagValues.of(account.unit()), account.limit(), account.spent(),
				account.share(), TagValues.of(status.state()), settings.refuse() ? "refuse" : "warn", status.refused(),
				(per != null) ? TagValues.of(per) : null, status.accounts(),
				(per != null) ? status.fullest().stream().map(Account::of).toList() : List.of());
	}

	/**
	 * An account of a customer or of a feature.
	 *
	 * @param owner the customer's id or the feature
	 * @param spent how much was spent in the period
	 * @param share which part of the limit that is
	 */
	public record Account(@Nullable String owner, BigDecimal spent, double share) {

		private static Account of(LlmBudgetAccount account) {
			return new Account(account.owner(), account.spent(), account.share());
		}

	}

}
