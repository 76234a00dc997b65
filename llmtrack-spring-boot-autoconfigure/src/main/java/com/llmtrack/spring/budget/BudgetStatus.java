// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.util.List;

import com.llmtrack.spring.LlmBudgetAccount;

/**
 * A budget in its present period.
 *
 * @param settings the budget
 * @param account its account if it has one only, else the one of which the largest part
 * was spent, or an empty one if there is none yet
 * @param accounts how many accounts it has
 * @param fullest the accounts of which the largest part was spent, at most ten, that one
 * first
 * @param refused how many requests it has refused since the start
 */
public record BudgetStatus(BudgetSettings settings, LlmBudgetAccount account, int accounts,
		List<LlmBudgetAccount> fullest, long refused) {

	/**
	 * Return the state of the fullest account.
	 */
	public State state() {
		double share = this.account.share();
		if (share >= 1) {
			return State.EXCEEDED;
		}
		return (share >= this.settings.warnAt()) ? State.WARNING : State.OK;
	}

	/**
	 * How much of an account was spent.
	 */
	public enum State {

		/** Less than the share to warn at. */
		OK,

		/** At least the share to warn at. */
		WARNING,

		/** The limit or more. */
		EXCEEDED

	}

}
