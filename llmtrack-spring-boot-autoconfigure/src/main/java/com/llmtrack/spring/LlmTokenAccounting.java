// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Whether the details of a {@link LlmTokenUsage} are part of its prompt and completion.
 *
 * @since 0.1.0
 */
public enum LlmTokenAccounting {

	/**
	 * The prompt includes the tokens of the cache, and the completion those spent on
	 * reasoning, as with OpenAI.
	 */
	INCLUSIVE,

	/**
	 * The tokens of the cache come on top of the prompt, as with Anthropic.
	 */
	EXCLUSIVE

}
