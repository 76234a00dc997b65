// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;

/**
 * What calls of models are made for: another call, the assembly of a stream, or a tool.
 */
sealed interface OuterCall permits ModelCall, StreamAssembly, ToolExecution {

	/**
	 * Link a call that was made for this one, if it may have answered it: an embedding
	 * does not answer a prompt.
	 * @param inner the call
	 * @param certain whether that is certain, or only possible
	 */
	void link(ModelCall inner, boolean certain);

	/**
	 * Return whether calls may still be made for this one.
	 */
	boolean isOpen();

	/**
	 * Return the context of calls made for this one, as far as nothing nearer tells it.
	 */
	LlmContext context();

}
