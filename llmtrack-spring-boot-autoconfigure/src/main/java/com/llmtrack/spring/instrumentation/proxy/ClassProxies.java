// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.aop.target.SingletonTargetSource;

/**
 * Proxies that extend the class of an object. The class of such a proxy is the same
 * whether it is generated when the application is built or when it runs.
 */
final class ClassProxies {

	private ClassProxies() {
	}

	/**
	 * Create a proxy.
	 * @param target the object that it calls
	 * @param advisor the advisor around it
	 * @param classLoader where to define its class
	 * @return the proxy
	 */
	static Object create(Object target, Advisor advisor, @Nullable ClassLoader classLoader) {
		ProxyFactory factory = factory(new SingletonTargetSource(target));
		factory.addAdvisor(advisor);
		return factory.getProxy(classLoader);
	}

	/**
	 * Return the class of the proxies for objects of a class, whatever their advisors.
	 * @param targetClass the class of the objects
	 * @param classLoader where to define the class of the proxies
	 * @return the class of the proxies
	 */
	static Class<?> typeFor(Class<?> targetClass, @Nullable ClassLoader classLoader) {
		return factory(EmptyTargetSource.forClass(targetClass)).getProxyClass(classLoader);
	}

	private static ProxyFactory factory(TargetSource target) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetSource(target);
		factory.setProxyTargetClass(true);
		return factory;
	}

}
