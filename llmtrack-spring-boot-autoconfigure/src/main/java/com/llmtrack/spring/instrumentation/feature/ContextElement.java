// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;

/**
 * Carries the context of the thread that creates it to each thread that a coroutine runs
 * on, and to the coroutines started in it.
 */
final class ContextElement extends AbstractCoroutineContextElement implements ThreadContextElement<LlmContextScope> {

	private static final CoroutineContext.Key<ContextElement> KEY = new CoroutineContext.Key<>() {
	};

	private final LlmContext context = LlmContext.current();

	ContextElement() {
		super(KEY);
	}

	@Override
	public LlmContextScope updateThreadContext(CoroutineContext context) {
		return this.context.open();
	}

	/**
	 * Close the scope, on the thread that opened it. The coroutine may already run on
	 * another one, where it has a scope of its own.
	 */
	@Override
	public void restoreThreadContext(CoroutineContext context, LlmContextScope scope) {
		scope.close();
	}

}
