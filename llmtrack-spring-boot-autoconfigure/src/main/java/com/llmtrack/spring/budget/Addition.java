// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

/**
 * What this process adds to an account.
 *
 * @param account the account
 * @param id identifies the addition among those of this process to any account; later
 * ones have larger ids. One that is handed over again, since it is not known whether it
 * arrived, has the same id and the same amount
 * @param amount what to add: billionths of a US dollar, tokens or requests; negative for
 * a correction, 0 to read the account only
 */
public record Addition(AccountKey account, long id, long amount) {
}
