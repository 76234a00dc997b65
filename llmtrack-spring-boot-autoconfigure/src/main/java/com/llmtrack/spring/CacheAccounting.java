// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * How a provider counts the tokens that it reports in detail.
 *
 * @since 0.1.0
 */
public enum CacheAccounting {

	/**
	 * Cached tokens are part of the prompt's, and reasoning tokens of the completion's,
	 * as with OpenAI.
	 */
	INCLUSIVE,

	/**
	 * Cached tokens are reported beside the prompt's, as with Anthropic.
	 */
	EXCLUSIVE

}
