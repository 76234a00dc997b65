// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.function.Supplier;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Asks the application whom a request is made for. Never throws.
 */
final class CustomerLookup {

	private final EventRecorder recorder;

	private final Supplier<EventContributors> contributors;

	private final ContributorFailures failures;

	/**
	 * Create a look-up.
	 * @param recorder knows whether the application is ready to be asked
	 * @param contributors supplies whom to ask
	 * @param failures takes what they throw
	 */
	CustomerLookup(EventRecorder recorder, Supplier<EventContributors> contributors, ContributorFailures failures) {
		this.recorder = recorder;
		this.contributors = contributors;
		this.failures = failures;
	}

	/**
	 * Return the customer of a request.
	 * @param context the Reactor context of a stream's subscriber, or {@code null} if it
	 * is not a stream
	 * @return the customer, or {@code null} if there is none
	 */
	@Nullable LlmCustomer find(@Nullable ContextView context) {
		LlmCustomerResolver resolver = this.recorder.isOpen() ? this.contributors.get().customers() : null;
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
