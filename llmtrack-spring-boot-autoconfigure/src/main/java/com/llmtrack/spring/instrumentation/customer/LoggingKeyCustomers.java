// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Takes the value of a logging key of the thread for the customer.
 */
final class LoggingKeyCustomers implements LlmCustomerResolver {

	private final String key;

	LoggingKeyCustomers(String key) {
		this.key = key;
	}

	@Override
	public @Nullable LlmCustomer resolve() {
		return CustomerSource.customer(MDC.get(this.key));
	}

}
