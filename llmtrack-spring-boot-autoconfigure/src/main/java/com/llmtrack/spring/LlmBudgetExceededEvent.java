// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Published in the application context when the limit of a budget was reached, whether
 * further requests are refused or not: once for each account and period, also if several
 * instances of the application keep the account together. Listeners run on a thread of
 * LLMtrack's own, so that they may send a message; a slow one delays further events of
 * budgets only.
 *
 * @param account the account
 * @since 0.1.0
 */
public record LlmBudgetExceededEvent(LlmBudgetAccount account) {
}
