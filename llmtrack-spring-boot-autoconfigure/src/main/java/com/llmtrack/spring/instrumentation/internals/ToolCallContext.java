// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import org.jspecify.annotations.Nullable;
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

	/**
	 * Hide an entry of the context from the tools of the thread.
	 * @param key the key of the entry
	 * @return the context to restore later, or {@code null} if there is no such entry
	 */
	public static @Nullable ContextView hide(Object key) {
		ContextView context = current();
		if (!context.hasKey(key)) {
			return null;
		}
		ToolCallReactiveContextHolder.setContext(Context.of(context).delete(key));
		return context;
	}

	/**
	 * Restore the context as it was before.
	 */
	public static void restore(@Nullable ContextView context) {
		if (context != null) {
			ToolCallReactiveContextHolder.setContext(context);
		}
	}

}
