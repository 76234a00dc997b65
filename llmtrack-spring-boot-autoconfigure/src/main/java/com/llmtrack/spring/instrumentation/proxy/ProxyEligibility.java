// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.Schedules;
import org.springframework.util.ClassUtils;

/**
 * Which classes permit a proxy: those that can be extended and whose methods can all be
 * overridden. A final method would run on the proxy itself, whose fields are empty.
 */
public final class ProxyEligibility {

	private ProxyEligibility() {
	}

	public static boolean permitsClassProxy(Class<?> beanClass) {
		Class<?> type = ClassUtils.getUserClass(beanClass);
		return !Modifier.isFinal(type.getModifiers()) && !isKnownByInterfacesOnly(type) && !type.isSealed()
				&& !hasMethodThatAProxyBreaks(type);
	}

	/**
	 * Return whether code can refer to a class by its interfaces only, because it was
	 * generated at run time for a lambda or a proxy.
	 */
	public static boolean isKnownByInterfacesOnly(Class<?> type) {
		return type.isHidden() || Proxy.isProxyClass(type);
	}

	/**
	 * Return whether other code may read fields of a class, as tests do with fakes: on a
	 * proxy they are empty. Annotated fields do not count, because they are injected.
	 */
	public static boolean hasNonPrivateFields(Class<?> beanClass) {
		for (Class<?> type = beanClass; type != null && type != Object.class; type = type.getSuperclass()) {
			if (Stream.of(type.getDeclaredFields()).anyMatch(ProxyEligibility::isNonPrivate)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isNonPrivate(Field field) {
		int modifiers = field.getModifiers();
		return !field.isSynthetic() && field.getAnnotations().length == 0 && !Modifier.isStatic(modifiers)
				&& !Modifier.isPrivate(modifiers) && !Modifier.isProtected(modifiers);
	}

	private static boolean hasMethodThatAProxyBreaks(Class<?> type) {
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			for (Method method : current.getDeclaredMethods()) {
				if (isFinalInstanceMethod(method.getModifiers()) || isPrivateCallback(method)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Return whether Spring calls a private method of the class, which it refuses to do
	 * on a proxy.
	 */
	private static boolean isPrivateCallback(Method method) {
		return Modifier.isPrivate(method.getModifiers())
				&& (AnnotatedElementUtils.hasAnnotation(method, EventListener.class)
						|| AnnotatedElementUtils.hasAnnotation(method, Scheduled.class)
						|| AnnotatedElementUtils.hasAnnotation(method, Schedules.class));
	}

	private static boolean isFinalInstanceMethod(int modifiers) {
		return Modifier.isFinal(modifiers) && !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers);
	}

}
