// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.instrumentation.internals.ToolCallContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Finds the context that a call is made in. The nearest comes first, entry by entry: for
 * a stream the subscriber's, then that of the thread, then that of the method which asked
 * for the stream; after these that of the stream that called a tool, and of the call that
 * this one is made within.
 */
final class ContextLookup {

	private ContextLookup() {
	}

	static LlmContext find(@Nullable OuterCall outer) {
		LlmContext context = LlmContext.current().within(LlmContext.of(ToolCallContext.current()));
		return (outer != null) ? context.within(outer.context()) : context;
	}

	static LlmContext find(@Nullable OuterCall outer, ContextView subscriber, StreamAssembly assembly) {
		return LlmContext.of(subscriber).within(LlmContext.current()).within(assembly.context()).within(find(outer));
	}

}
