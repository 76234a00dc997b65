/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

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
