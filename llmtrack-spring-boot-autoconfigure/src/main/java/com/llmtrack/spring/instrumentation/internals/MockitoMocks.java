// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Mockito's mocks, and its spies, which call real methods. Asks Mockito by reflection, as
 * it is on the class path of tests only.
 */
public final class MockitoMocks {

	static final String MOCKITO = "org.mockito.Mockito";

	static final String DETAILS_OF_MOCK = "org.mockito.MockingDetails";

	private static final @Nullable Method DETAILS = method(MOCKITO, "mockingDetails");

	private static final @Nullable Method IS_MOCK = method(DETAILS_OF_MOCK, "isMock");

	private static final @Nullable Method IS_SPY = method(DETAILS_OF_MOCK, "isSpy");

	private MockitoMocks() {
	}

	private static @Nullable Method method(String className, String name) {
		ClassLoader classLoader = MockitoMocks.class.getClassLoader();
		if (!ClassUtils.isPresent(className, classLoader)) {
			return null;
		}
		return ReflectionUtils.findMethod(ClassUtils.resolveClassName(className, classLoader), name, (Class<?>[]) null);
	}

	/**
	 * Return whether a bean is a mock or a spy.
	 * @param bean the bean, or a proxy of Spring's around it
	 * @return whether Mockito made it
	 */
	public static boolean isMock(Object bean) {
		return is(IS_MOCK, bean);
	}

	/**
	 * Return whether a bean is a spy.
	 * @param bean the bean, or a proxy of Spring's around it
	 * @return whether Mockito made it and it calls real methods
	 */
	public static boolean isSpy(Object bean) {
		return is(IS_SPY, bean);
	}

	private static boolean is(@Nullable Method question, Object bean) {
		if (DETAILS == null || question == null) {
			return false;
		}
		Object details = ReflectionUtils.invokeMethod(DETAILS, null, bean);
		return details != null && Boolean.TRUE.equals(ReflectionUtils.invokeMethod(question, details));
	}

}
