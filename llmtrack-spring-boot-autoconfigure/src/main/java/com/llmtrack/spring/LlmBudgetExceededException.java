// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Thrown instead of making a request, or signalled as the error of a stream, when a
 * budget with {@code then: refuse} has reached its limit. Nothing was sent to the
 * provider. Requests are made again after the {@linkplain LlmBudgetAccount#end() end} of
 * the period.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class LlmBudgetExceededException extends RuntimeException {

	private final LlmBudgetAccount account;

	/**
	 * Create an exception.
	 * @param account the account that has reached its limit
	 */
	public LlmBudgetExceededException(LlmBudgetAccount account) {
		super(account + ". Requests are refused until " + account.end().toOffsetDateTime() + ".");
		this.account = account;
	}

	/**
	 * Return the account that has reached its limit.
	 * @return the account as it was when the request was refused
	 */
	public LlmBudgetAccount getAccount() {
		return this.account;
	}

}
