// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.customer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.DisposableBean;

/**
 * Resolves customers by the source that is configured, if one is: which that is, is found
 * out when it is first asked. Never throws; a source that fails is reported once. Knows
 * nobody any more when the application has ended, since annotated beans may outlive it.
 * Safe for any thread.
 */
public final class ReadyMadeCustomers implements DisposableBean {

	private static final Log logger = LogFactory.getLog(ReadyMadeCustomers.class);

	private final AtomicBoolean reported = new AtomicBoolean();

	private volatile Supplier<@Nullable CustomerSource> configured;

	private volatile @Nullable Found found;

	/**
	 * Create customers.
	 * @param configured supplies the source, or {@code null} if there is none
	 */
	public ReadyMadeCustomers(Supplier<@Nullable CustomerSource> configured) {
		this.configured = configured;
	}

	/**
	 * Return the source, or {@code null} if there is none.
	 */
	public @Nullable CustomerSource source() {
		return found().source();
	}

	/**
	 * Return the customer that the current thread works for, or {@code null} if there is
	 * none.
	 */
	public @Nullable LlmCustomer current() {
		return resolve(LlmCustomerResolver::resolve);
	}

	/**
	 * Return these customers as the application's own would be. No bean, so that an
	 * application may have a single one.
	 */
	public LlmCustomerResolver resolver() {
		return new LlmCustomerResolver() {

			@Override
			public @Nullable LlmCustomer resolve() {
				return current();
			}

			@Override
			public @Nullable LlmCustomer resolve(ContextView context) {
				return ReadyMadeCustomers.this.resolve((resolver) -> resolver.resolve(context));
			}

		};
	}

	@Override
	public void destroy() {
		this.configured = () -> null;
		this.found = Found.NOTHING;
	}

	private @Nullable LlmCustomer resolve(Function<LlmCustomerResolver, @Nullable LlmCustomer> question) {
		LlmCustomerResolver resolver = found().resolver();
		try {
			return (resolver != null) ? question.apply(resolver) : null;
		}
		catch (Throwable ex) {
			report(ex);
			return null;
		}
	}

	private Found found() {
		Found found = this.found;
		if (found == null) {
			found = find();
			this.found = found;
		}
		return found;
	}

	private Found find() {
		try {
			CustomerSource source = this.configured.get();
			String missing = (source != null) ? source.missingClass() : null;
			if (source == null || missing == null) {
				return new Found(source, (source != null) ? source.resolver() : null);
			}
			logger.warn("There are no customers: llmtrack.customer.from needs " + missing
					+ ", which is not on the class path. Add its library, or remove the property.");
		}
		catch (Throwable ex) {
			report(ex);
		}
		return Found.NOTHING;
	}

	private void report(Throwable failure) {
		if (this.reported.compareAndSet(false, true)) {
			logger.warn("The customer could not be found as llmtrack.customer.from says: "
					+ failure.getClass().getName() + ". Such requests go without a customer.");
		}
	}

	private record Found(@Nullable CustomerSource source, @Nullable LlmCustomerResolver resolver) {

		static final Found NOTHING = new Found(null, null);

	}

}
