// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.io.Serializable;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Records the requests that go through the proxy of a scope to a raw model. Any other
 * model that the scope has at the moment is instrumented itself, and gets the invocation
 * as it is.
 * <p>
 * Serializable as far as the bean factory is: applications may serialize scoped proxies.
 */
final class ScopedModelInterceptor implements MethodInterceptor, Serializable {

	private static final long serialVersionUID = 1L;

	private final DefaultListableBeanFactory beanFactory;

	private transient @Nullable RawModels rawModels;

	ScopedModelInterceptor(DefaultListableBeanFactory beanFactory, RawModels rawModels) {
		this.beanFactory = beanFactory;
		this.rawModels = rawModels;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		MethodInterceptor interceptor = find(invocation.getThis());
		return (interceptor != null) ? interceptor.invoke(invocation) : invocation.proceed();
	}

	private @Nullable MethodInterceptor find(@Nullable Object target) {
		return (target != null) ? rawModels().interceptorOf(target) : null;
	}

	private RawModels rawModels() {
		RawModels rawModels = this.rawModels;
		if (rawModels == null) {
			// Only after deserialization
			rawModels = this.beanFactory.getBean(DefaultModelInstrumentation.class).rawModels();
			this.rawModels = rawModels;
		}
		return rawModels;
	}

}
