// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.List;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * The beans of the application that have a say in its events.
 *
 * @param customers says whom requests are made for, if anybody does
 * @param costs calculates what requests cost, if anybody does
 * @param customizers change events, in their order
 * @since 0.1.0
 */
public record EventContributors(@Nullable LlmCustomerResolver customers, @Nullable LlmCostCalculator costs,
		List<LlmUsageEventCustomizer> customizers) {

	/**
	 * Create contributors.
	 */
	public EventContributors {
		customizers = List.copyOf(customizers);
	}

	/**
	 * Create contributors that contribute nothing.
	 */
	public EventContributors() {
		this(null, null, List.of());
	}

}
