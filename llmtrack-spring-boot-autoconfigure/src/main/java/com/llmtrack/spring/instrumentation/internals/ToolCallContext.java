// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;

/**
 * The Reactor context of the stream that called a tool. Spring AI runs tools on threads
 * of its own then, and keeps the context there.
 */
public final class ToolCallContext {

	private ToolCallContext() {
	}

	/**
	 * Return the context, which is empty if the thread runs no tool.
	 */
	public static ContextView current() {
		try {
			return ToolCallReactiveContextHolder.getContext();
		}
		catch (LinkageError ex) {
			// Another version of Spring AI
			return Context.empty();
		}
	}

}
