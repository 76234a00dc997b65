// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Takes a header of the HTTP request that the thread handles in Spring MVC for the
 * customer. In WebFlux, {@link CustomerHeaderFilter} does so.
 */
final class HeaderCustomers implements LlmCustomerResolver {

	private static final boolean SERVLET = ClassUtils.isPresent("jakarta.servlet.http.HttpServletRequest",
			HeaderCustomers.class.getClassLoader());

	private final String name;

	HeaderCustomers(String name) {
		this.name = name;
	}

	@Override
	public @Nullable LlmCustomer resolve() {
		return SERVLET ? CustomerSource.customer(ServletHeaders.get(this.name)) : null;
	}

}
