// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.instrumentation.call.WeakIdentityMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.ModelRequest;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.util.ClassUtils;

/**
 * The overloads of {@code call}, {@code stream} and {@code embed} that take a text,
 * messages or documents, and {@code dimensions}, if they are Spring AI's own interface
 * defaults. These make a request and call another method of {@code this}: run on the
 * target, that call would bypass the proxy and its answer would go unseen. So they are
 * run on a proxy instead.
 */
final class ConvenienceMethods {

	private final Map<Method, Optional<MethodHandle>> handles = new ConcurrentHashMap<>();

	private final WeakIdentityMap<WeakReference<Object>> plainProxies = new WeakIdentityMap<>();

	/**
	 * Return what runs the invoked method on a proxy, or {@code null} if it is no such
	 * default and is to run on its target.
	 * @param invocation invokes the method on an instrumented model
	 * @param interceptor instruments the model
	 */
	@Nullable MethodHandle find(MethodInvocation invocation, MethodInterceptor interceptor) {
		if (takesRequest(invocation.getMethod()) || !(invocation instanceof ProxyMethodInvocation proxied)) {
			return null;
		}
		Object target = invocation.getThis();
		MethodHandle method = (target != null) ? find(invocation.getMethod(), target.getClass()) : null;
		return (target != null && method != null) ? method.bindTo(proxy(proxied.getProxy(), target, interceptor))
				: null;
	}

	void clear() {
		this.handles.clear();
		this.plainProxies.clear();
	}

	private static boolean takesRequest(Method method) {
		return method.getParameterCount() > 0 && ModelRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
	}

	private @Nullable MethodHandle find(Method invoked, Class<?> targetClass) {
		Method method = AopUtils.getMostSpecificMethod(invoked, targetClass);
		return method.isDefault() ? this.handles.computeIfAbsent(method, ConvenienceMethods::handle).orElse(null)
				: null;
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
	 * Return the proxy to run a method on. Other advice of the bean's own proxy that
	 * comes before ours is already around the invocation, and must not run a second time;
	 * what comes after it has to run.
	 */
	private Object proxy(Object proxy, Object target, MethodInterceptor interceptor) {
		return (proxy instanceof Advised advised && !ModelMethods.isPointcutOf(advised.getAdvisors()[0]))
				? plainProxy(proxy, target, interceptor) : proxy;
	}

	/**
	 * Return the proxy with no other advice, which is made again only for another target
	 * or if the garbage collector has taken it.
	 */
	private Object plainProxy(Object proxy, Object target, MethodInterceptor interceptor) {
		WeakReference<Object> known = this.plainProxies.get(proxy);
		Object plain = (known != null) ? known.get() : null;
		if (plain == null || AopProxyUtils.getSingletonTarget(plain) != target) {
			ProxyFactory factory = new ProxyFactory(ClassUtils.getAllInterfaces(target));
			factory.setTarget(target);
			factory.addAdvisor(new DefaultPointcutAdvisor(ModelMethods.POINTCUT, interceptor));
			plain = factory.getProxy(target.getClass().getClassLoader());
			this.plainProxies.put(proxy, new WeakReference<>(plain));
		}
		return plain;
	}

}
