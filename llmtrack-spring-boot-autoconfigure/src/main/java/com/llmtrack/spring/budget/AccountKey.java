// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.time.Instant;

import com.llmtrack.spring.LlmBudgetUnit;
import org.jspecify.annotations.Nullable;

/**
 * Identifies an account in a store: which budget it is of, for whom, and in which period.
 *
 * @param budget the name of the budget, at most 100 letters, digits, dots, underscores
 * and dashes
 * @param unit what its amount counts; a budget that gets another one begins at 0
 * @param owner the customer or the feature, any text, or {@code null} if the account is
 * for all
 * @param start the begin of the period
 * @param end the end of the period, after which nobody needs the account any more
 */
public record AccountKey(String budget, LlmBudgetUnit unit, @Nullable String owner, Instant start, Instant end) {

	private static final Duration RETENTION = Duration.ofDays(1);

	/**
	 * Return until when stores keep the account, as pending additions may come after the
	 * end of the period.
	 */
	public Instant expiresAt() {
		return this.end.plus(RETENTION);
	}

}
