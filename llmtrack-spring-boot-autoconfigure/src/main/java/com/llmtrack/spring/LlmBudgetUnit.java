// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * What a budget limits.
 *
 * @since 0.1.0
 */
public enum LlmBudgetUnit {

	/** The cost of requests in US dollars. */
	USD,

	/** The tokens that requests use in total. */
	TOKENS,

	/** The number of requests. */
	REQUESTS

}
