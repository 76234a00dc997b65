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

package com.llmtrack.spring.instrumentation;

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
