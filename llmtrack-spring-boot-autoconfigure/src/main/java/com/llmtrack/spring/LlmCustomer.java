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

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Whom a model request is made for. Kept as LLMtrack accepts it: white space is collapsed
 * and trimmed, and what exceeds 200 characters is cut.
 *
 * @param id the customer's id
 * @param name the customer's name, or {@code null} to leave it out
 * @since 0.1.0
 */
public record LlmCustomer(String id, @Nullable String name) {

	/**
	 * Create a customer.
	 */
	public LlmCustomer {
		id = EventName.of(id);
		Assert.hasText(id, "'id' must have text");
		name = EventName.of(name);
	}

	/**
	 * Create a customer without a name.
	 * @param id the customer's id
	 * @return the customer
	 */
	public static LlmCustomer of(String id) {
		return new LlmCustomer(id, null);
	}

}
