// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmFeatureContext;
import com.llmtrack.spring.LlmFeatureThreadLocalAccessor;
import com.llmtrack.spring.instrumentation.internals.ToolCallContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Finds the feature that a call is made for. The nearest comes first: for a stream the
 * subscriber's, then that of the thread, then that of the method which asked for the
 * stream; after these that of the stream that called a tool, and of the call that this
 * one is made within. A scope without a feature ends the search: its feature is empty.
 */
final class FeatureLookup {

	private static final LlmFeatureThreadLocalAccessor SCOPE = new LlmFeatureThreadLocalAccessor();

	private FeatureLookup() {
	}

	/**
	 * Return the feature of the current thread's scope, empty if the scope has none, or
	 * {@code null} if there is no scope.
	 */
	static @Nullable String ofScope() {
		return SCOPE.getValue();
	}

	static @Nullable String find(@Nullable OuterCall outer) {
		String feature = ofScope();
		if (feature == null) {
			feature = featureOfToolCall();
		}
		return (feature == null && outer != null) ? outer.feature() : feature;
	}

	static @Nullable String find(@Nullable OuterCall outer, ContextView context, @Nullable String assemblyFeature) {
		if (context.getOrDefault(LlmFeatureContext.REACTOR_KEY, null) instanceof String feature) {
			return feature;
		}
		String feature = ofScope();
		if (feature == null) {
			feature = assemblyFeature;
		}
		return (feature != null) ? feature : find(outer);
	}

	/**
	 * Return the feature of the stream that called a tool.
	 */
	private static @Nullable String featureOfToolCall() {
		return (ToolCallContext.current().getOrDefault(LlmFeatureContext.REACTOR_KEY, null) instanceof String feature)
				? feature : null;
	}

}
