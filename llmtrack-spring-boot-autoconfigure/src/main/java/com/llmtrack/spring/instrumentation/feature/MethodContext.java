// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of a method say about the requests that it makes.
 *
 * @param feature the feature, or {@code null} if there is none
 * @param customer the parameter that tells the customer, or {@code null} if none does
 */
record MethodContext(@Nullable String feature, @Nullable CustomerParameter customer) {

	static final MethodContext NONE = new MethodContext(null, null);

	static MethodContext of(@Nullable String feature, @Nullable CustomerParameter customer) {
		return (feature != null || customer != null) ? new MethodContext(feature, customer) : NONE;
	}

	/**
	 * Return the context of a call, within the current one.
	 */
	LlmContext forCall(@Nullable Object[] arguments) {
		LlmContext context = LlmContext.current();
		if (this.feature != null) {
			context = context.andFeature(this.feature);
		}
		return (this.customer != null) ? this.customer.addTo(context, arguments) : context;
	}

}
