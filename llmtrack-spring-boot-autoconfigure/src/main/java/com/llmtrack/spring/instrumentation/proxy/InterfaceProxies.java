// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
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
		ProxyFactory proxyFactory = new ProxyFactory();
		proxyFactory.setTarget(target);
		proxyFactory.addAdvisor(advisor);
		for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(target.getClass(), classLoader)) {
			proxyFactory.addInterface(type);
		}
		behindSealed(target.getClass()).forEach(proxyFactory::addInterface);
		return proxyFactory.getProxy(classLoader);
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
