// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.ModelRequest;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.util.ClassUtils;

/**
 * The overloads of {@code call}, {@code stream} and {@code embed} that take a text,
 * messages or documents, and {@code dimensions}, as far as they are Spring AI's own
 * interface defaults. Those make a request and call themselves again; left to run on the
 * target, that second call would bypass the proxy and its answer would go unseen. So they
 * are run on a proxy instead.
 */
final class ConvenienceMethods {

	private final Map<Method, Optional<MethodHandle>> handles = new ConcurrentHashMap<>();

	/**
	 * Return the invoked method as a handle that runs it on a given proxy, or
	 * {@code null} if it is no such default and is to run on its target.
	 */
	@Nullable MethodHandle find(MethodInvocation invocation) {
		Object target = invocation.getThis();
		if (target == null || takesRequest(invocation.getMethod()) || !(invocation instanceof ProxyMethodInvocation)) {
			return null;
		}
		Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), target.getClass());
		return method.isDefault() ? this.handles.computeIfAbsent(method, ConvenienceMethods::handle).orElse(null)
				: null;
	}

	private static boolean takesRequest(Method method) {
		return method.getParameterCount() > 0 && ModelRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
	}

	private static Optional<MethodHandle> handle(Method method) {
		try {
			Class<?> type = method.getDeclaringClass();
			return Optional.of(MethodHandles.privateLookupIn(type, MethodHandles.lookup())
				.unreflectSpecial(method, type)
				.asFixedArity());
		}
		catch (IllegalAccessException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Run a shortcut on the measured model alone: other advice of the bean's proxy is
	 * already around this invocation, and must not run a second time.
	 */
	@Nullable Object invokeMeasured(MethodHandle method, MethodInvocation invocation, MethodInterceptor interceptor)
			throws Throwable {
		Object proxy = ((ProxyMethodInvocation) invocation).getProxy();
		Object target = invocation.getThis();
		if (target != null && proxy instanceof Advised advised && advised.getAdvisorCount() > 1) {
			ProxyFactory factory = new ProxyFactory(ClassUtils.getAllInterfaces(target));
			factory.setTarget(target);
			factory.addAdvisor(new DefaultPointcutAdvisor(ModelMethods.POINTCUT, interceptor));
			proxy = factory.getProxy(target.getClass().getClassLoader());
		}
		return method.bindTo(proxy).invokeWithArguments(invocation.getArguments());
	}

}
