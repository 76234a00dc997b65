// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Reads fields that other libraries keep to themselves.
 */
final class PrivateFields {

	private PrivateFields() {
	}

	/**
	 * Return the value of a field, or {@code null} if there is no such field.
	 * @param owner the object
	 * @param declaring the class that has the field, or a subclass of it
	 * @param name the name of the field
	 * @param type the type of the field, or a supertype of what it holds
	 */
	static <T> @Nullable T read(Object owner, Class<?> declaring, String name, Class<T> type) {
		Field field = ReflectionUtils.findField(declaring, name);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		Object value = ReflectionUtils.getField(field, owner);
		return type.isInstance(value) ? type.cast(value) : null;
	}

}
