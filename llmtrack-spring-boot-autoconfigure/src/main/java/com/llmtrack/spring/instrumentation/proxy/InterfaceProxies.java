// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.util.ClassUtils;

/**
 * Proxies with all interfaces of an object, but not its class.
 */
public final class InterfaceProxies {

	private InterfaceProxies() {
	}

	/**
	 * Create a proxy.
	 * @param target the object that it calls
	 * @param advisor the advisor around it
	 * @param classLoader where to define it
	 * @return the proxy
	 */
	public static Object create(Object target, Advisor advisor, @Nullable ClassLoader classLoader) {
		ProxyFactory factory = factory(new SingletonTargetSource(target), target.getClass(), classLoader);
		factory.addAdvisor(advisor);
		return factory.getProxy(classLoader);
	}

	/**
	 * Return the class of the proxies for objects of a class, or for those of which only
	 * an interface is known.
	 * @param type the class or the interface
	 * @param classLoader where to define the class of the proxies
	 * @return the class of the proxies
	 */
	static Class<?> typeFor(Class<?> type, @Nullable ClassLoader classLoader) {
		return factory(EmptyTargetSource.forClass(type), type, classLoader).getProxyClass(classLoader);
	}

	private static ProxyFactory factory(TargetSource target, Class<?> type, @Nullable ClassLoader classLoader) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetSource(target);
		for (Class<?> implemented : ClassUtils.getAllInterfacesForClassAsSet(type, classLoader)) {
			factory.addInterface(implemented);
		}
		behindSealed(type).forEach(factory::addInterface);
		return factory;
	}

	/**
	 * Return the interfaces that a class inherits from sealed ones. A proxy cannot
	 * implement a sealed interface, and would lack the interfaces that it extends.
	 */
	private static Set<Class<?>> behindSealed(Class<?> type) {
		Set<Class<?>> interfaces = new LinkedHashSet<>();
		ClassUtils.getAllInterfacesForClassAsSet(type).forEach((sealed) -> addBehindSealed(sealed, interfaces));
		return interfaces;
	}

	private static void addBehindSealed(Class<?> type, Set<Class<?>> interfaces) {
		if (type.isSealed()) {
			for (Class<?> parent : type.getInterfaces()) {
				if (!parent.isSealed()) {
					interfaces.add(parent);
				}
				addBehindSealed(parent, interfaces);
			}
		}
	}

}
