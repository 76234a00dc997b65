// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.Method;

import com.llmtrack.spring.LlmFeatureContext;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * Runs an annotated method under its feature: the method itself on its thread, and a
 * result that does its work later wherever that happens.
 */
final class FeatureInterceptor implements MethodInterceptor {

	private static final Log logger = LogFactory.getLog(FeatureInterceptor.class);

	private final FeaturePointcut features;

	FeatureInterceptor(FeaturePointcut features) {
		this.features = features;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? AopUtils.getTargetClass(target) : null;
		String feature = this.features.find(invocation.getMethod(), targetClass);
		if (feature == null) {
			return invocation.proceed();
		}
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open(feature)) {
			Object result = SuspendingFunctions.proceed(invocation);
			return (result != null) ? wrap(result, invocation.getMethod()) : null;
		}
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
