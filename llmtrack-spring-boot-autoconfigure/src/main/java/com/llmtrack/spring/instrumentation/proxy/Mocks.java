// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Mockito's mocks and spies, which have to see exactly the calls that the test made.
 */
final class Mocks {

	private static final @Nullable Method DETAILS = method("org.mockito.Mockito", "mockingDetails");

	private static final @Nullable Method IS_MOCK = method("org.mockito.MockingDetails", "isMock");

	private Mocks() {
	}

	private static @Nullable Method method(String className, String name) {
		ClassLoader classLoader = Mocks.class.getClassLoader();
		if (!ClassUtils.isPresent(className, classLoader)) {
			return null;
		}
		return ReflectionUtils.findMethod(ClassUtils.resolveClassName(className, classLoader), name, (Class<?>[]) null);
	}

	static boolean contains(Object bean) {
		if (DETAILS == null || IS_MOCK == null) {
			return false;
		}
		Object details = ReflectionUtils.invokeMethod(DETAILS, null, bean);
		return details != null && Boolean.TRUE.equals(ReflectionUtils.invokeMethod(IS_MOCK, details));
	}

}
