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
