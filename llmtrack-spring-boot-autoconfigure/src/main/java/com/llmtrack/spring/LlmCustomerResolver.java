// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Resolves the customer that a model request is made for. A bean of this type is called
 * when a request starts, on the thread that starts it, so it should be fast. Exceptions
 * are logged and otherwise ignored.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmCustomerResolver {

	/**
	 * Return the customer that the current thread works for.
	 * @return the customer, or {@code null} if there is none
	 */
	@Nullable LlmCustomer resolve();

	/**
	 * Return the customer that a stream works for. The thread that subscribes often
	 * belongs to no customer.
	 * @param context the Reactor context of the stream's subscriber
	 * @return the customer, or {@code null} if there is none; by default that of the
	 * current thread
	 */
	default @Nullable LlmCustomer resolve(ContextView context) {
		return resolve();
	}

}
