// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.util.Set;

/**
 * What a file keeps of an account.
 *
 * @param amount the amount
 * @param claims what was claimed to be told about it
 */
record KeptAccount(long amount, Set<String> claims) {

	static final KeptAccount EMPTY = new KeptAccount(0, Set.of());

}
