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
 * Puts what an annotated method does under its feature: the method itself on its thread,
 * and a result that does its work later whenever and wherever it does so.
 */
final class FeatureInterceptor implements MethodInterceptor {

	private static final Log logger = LogFactory.getLog(FeatureInterceptor.class);

	private final FeatureNames names;

	FeatureInterceptor(FeatureNames names) {
		this.names = names;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? AopUtils.getTargetClass(target) : null;
		String feature = this.names.find(invocation.getMethod(), targetClass);
		if (feature == null) {
			return invocation.proceed();
		}
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open(feature)) {
			Object result = invocation.proceed();
			return (result != null) ? under(feature, result, invocation.getMethod()) : null;
		}
	}

	private Object under(String feature, Object result, Method method) {
		try {
			return DeferredResults.under(feature, result, method);
		}
		catch (RuntimeException | LinkageError ex) {
			// Better without a feature than without a result. The message is the
			// application's
			logger.warn("The result of " + method.getDeclaringClass().getName() + "." + method.getName()
					+ "(…) could not be put under its feature: " + ex.getClass().getName());
			return result;
		}
	}

}
