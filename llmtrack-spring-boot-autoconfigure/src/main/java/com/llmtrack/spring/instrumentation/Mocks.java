/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

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
