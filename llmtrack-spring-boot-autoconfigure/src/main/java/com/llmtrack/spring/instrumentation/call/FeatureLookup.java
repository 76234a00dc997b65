// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmFeatureContext;
import com.llmtrack.spring.instrumentation.internals.ToolCallContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Finds the feature of a call. The nearest comes first: for a stream that of the
 * subscriber, then that of the thread, then that of the method that asked for the stream;
 * after these that of the stream that called a tool, and that of the outer call.
 */
public final class FeatureLookup {

	private FeatureLookup() {
	}

	public static @Nullable String find(@Nullable ModelCall outer) {
		String feature = LlmFeatureContext.current();
		if (feature == null) {
			feature = featureOfToolCall();
		}
		return (feature == null && outer != null) ? outer.feature() : feature;
	}

	public static @Nullable String find(@Nullable ModelCall outer, ContextView context,
			@Nullable String assemblyFeature) {
		if (context.getOrDefault(LlmFeatureContext.REACTOR_KEY, null) instanceof String feature) {
			return feature;
		}
		String feature = LlmFeatureContext.current();
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
