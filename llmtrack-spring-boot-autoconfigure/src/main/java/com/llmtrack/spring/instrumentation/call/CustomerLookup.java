// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Asks the application for the customer of a request, on the thread that makes it and
 * before it is made. Before the application is ready, requests have no customer.
 */
final class CustomerLookup {

	private final ApplicationBeans beans;

	private final ContainedFailures failures;

	CustomerLookup(ApplicationBeans beans, ContainedFailures failures) {
		this.beans = beans;
		this.failures = failures;
	}

	/**
	 * Add the customer to the context of a request, unless it tells the customer already.
	 * @param context the context
	 * @param subscriber the Reactor context of a stream's subscriber, or {@code null} if
	 * it is not a stream
	 * @return the context
	 */
	LlmContext complete(LlmContext context, @Nullable ContextView subscriber) {
		LlmCustomer customer = context.hasCustomerEntry() ? null : find(subscriber);
		return (customer != null) ? context.with(customer) : context;
	}

	private @Nullable LlmCustomer find(@Nullable ContextView context) {
		LlmCustomerResolver resolver = this.beans.isReady() ? this.beans.customerResolver() : null;
		if (resolver == null) {
			return null;
		}
		try {
			return ContributorCall.call(resolver, null, null,
					() -> (context != null) ? resolver.resolve(context) : resolver.resolve());
		}
		catch (Throwable ex) {
			this.failures.contain(resolver, ex, "The event goes without a customer");
			return null;
		}
	}

}
