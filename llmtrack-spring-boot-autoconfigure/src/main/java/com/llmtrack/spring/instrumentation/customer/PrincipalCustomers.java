// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Takes the authenticated user for the customer, of the thread or of the stream. Never
 * waits: a user who is not known yet is none.
 */
final class PrincipalCustomers implements LlmCustomerResolver {

	@Override
	public @Nullable LlmCustomer resolve() {
		return customer(SecurityContextHolder.getContext());
	}

	@Override
	public @Nullable LlmCustomer resolve(ContextView context) {
		SecurityContext security = ReactiveSecurityContextHolder.getContext()
			.contextWrite(context)
			.toFuture()
			.getNow(null);
		LlmCustomer customer = (security != null) ? customer(security) : null;
		return (customer != null) ? customer : resolve();
	}

	private static @Nullable LlmCustomer customer(SecurityContext context) {
		Authentication user = context.getAuthentication();
		return (user != null && user.isAuthenticated() && !(user instanceof AnonymousAuthenticationToken))
				? CustomerSource.customer(user.getName()) : null;
	}

}
