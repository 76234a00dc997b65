// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmFeatureContext;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;
import org.jspecify.annotations.Nullable;

/**
 * Carries the feature of the thread that creates it to each thread that a coroutine runs
 * on, and to the coroutines started in it.
 */
final class FeatureElement extends AbstractCoroutineContextElement
		implements ThreadContextElement<LlmFeatureContext.Scope> {

	private static final CoroutineContext.Key<FeatureElement> KEY = new CoroutineContext.Key<>() {
	};

	private final @Nullable String feature = LlmFeatureContext.current();

	FeatureElement() {
		super(KEY);
	}

	@Override
	public LlmFeatureContext.Scope updateThreadContext(CoroutineContext context) {
		return LlmFeatureContext.open(this.feature);
	}

	/**
	 * Close the scope, on the thread that opened it. The coroutine may already run on
	 * another one, where it has a scope of its own.
	 */
	@Override
	public void restoreThreadContext(CoroutineContext context, LlmFeatureContext.Scope scope) {
		scope.close();
	}

}
