// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import reactor.util.context.ContextView;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The example in the documentation.
 */
public class AuthenticatedCustomers implements LlmCustomerResolver {

	@Override
	public LlmCustomer resolve() {
		return customer(SecurityContextHolder.getContext());
	}

	@Override
	public LlmCustomer resolve(ContextView context) {
		SecurityContext security = ReactiveSecurityContextHolder.getContext()
			.contextWrite(context)
			.toFuture()
			.getNow(null);
		return (security != null) ? customer(security) : resolve();
	}

	private static LlmCustomer customer(SecurityContext context) {
		Authentication user = context.getAuthentication();
		return (user != null) ? LlmCustomer.of(user.getName()) : null;
	}

}
