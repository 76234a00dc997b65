// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Whether the details of an {@link LlmTokenUsage} are part of its prompt and completion.
 *
 * @since 0.1.0
 */
public enum LlmTokenAccounting {

	/**
	 * The prompt includes cached tokens, and the completion includes reasoning tokens, as
	 * with OpenAI.
	 */
	INCLUSIVE,

	/**
	 * Cached tokens are counted in addition to the prompt, as with Anthropic.
	 */
	EXCLUSIVE

}
