// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.Method;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import com.llmtrack.spring.LlmCustomer;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * Runs an annotated method under its feature and for its customer: the method itself on
 * its thread, and a result that does its work later wherever that happens.
 */
final class FeatureInterceptor implements MethodInterceptor {

	private static final Log logger = LogFactory.getLog(FeatureInterceptor.class);

	private final FeaturePointcut features;

	private final Supplier<@Nullable LlmCustomer> customers;

	FeatureInterceptor(FeaturePointcut features, Supplier<@Nullable LlmCustomer> customers) {
		this.features = features;
		this.customers = customers;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? AopUtils.getTargetClass(target) : null;
		MethodContext annotated = this.features.find(invocation.getMethod(), targetClass);
		if (annotated == MethodContext.NONE) {
			return invocation.proceed();
		}
		try (LlmContextScope scope = context(annotated, invocation).open()) {
			Object result = SuspendingFunctions.proceed(invocation);
			return (result != null) ? wrap(result, invocation.getMethod()) : null;
		}
	}

	/**
	 * Return the context of a call. It holds the customer from now on, as other threads
	 * may not know whom this one works for.
	 */
	private LlmContext context(MethodContext annotated, MethodInvocation invocation) {
		LlmContext context = annotated.forCall(invocation.getArguments());
		LlmCustomer customer = context.hasCustomerEntry() ? null : this.customers.get();
		return (customer != null) ? context.with(customer) : context;
	}

	private static Object wrap(Object result, Method method) {
		try {
			return DeferredResults.wrap(result, method);
		}
		catch (RuntimeException | LinkageError ex) {
			// The method still has to return its result. The message may quote a prompt
			logger.warn("The result of " + method.getDeclaringClass().getName() + "." + method.getName()
					+ "(…) could not be put under its feature: " + ex.getClass().getName());
			return result;
		}
	}

}
