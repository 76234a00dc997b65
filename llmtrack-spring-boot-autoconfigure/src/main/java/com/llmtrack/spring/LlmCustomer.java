// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * The customer that a model request is made for. In id and name, white space is collapsed
 * and trimmed, and they are truncated to 200 characters.
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
		if (id == null) {
			throw new InvalidUsageEventException("'id' must have text");
		}
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
