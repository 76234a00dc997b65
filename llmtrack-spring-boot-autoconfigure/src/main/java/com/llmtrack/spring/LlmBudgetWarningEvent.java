// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Published in the application context when the {@code warn-at} share of a budget was
 * spent: once for each account and period, whether one instance of the application keeps
 * the account or several do together. Listeners run on a thread of LLMtrack's own, so
 * that they may send a message; a slow one delays further events of budgets only.
 *
 * @param account the account
 * @since 0.1.0
 */
public record LlmBudgetWarningEvent(LlmBudgetAccount account) {
}
