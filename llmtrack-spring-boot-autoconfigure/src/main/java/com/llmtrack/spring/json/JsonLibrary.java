// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.json;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The library for JSON on a class path: Jackson 3, else what a {@link Json} that is
 * registered as a service stands for.
 *
 * @param supplier creates the implementation
 */
record JsonLibrary(Supplier<Json> supplier) {

	static final String JACKSON_3 = "tools.jackson.databind.json.JsonMapper";

	static final JsonLibrary NONE = new JsonLibrary(() -> {
		throw new NoClassDefFoundError(ClassUtils.convertClassNameToResourcePath(JACKSON_3));
	});

	static JsonLibrary find(@Nullable ClassLoader classLoader) {
		if (ClassUtils.isPresent(JACKSON_3, classLoader)) {
			return new JsonLibrary(Jackson3::new);
		}
		try {
			for (Json json : ServiceLoader.load(Json.class, Json.class.getClassLoader())) {
				return new JsonLibrary(() -> json);
			}
		}
		catch (ServiceConfigurationError | LinkageError ex) {
			// Its library is missing, too
		}
		return NONE;
	}

	Json json() {
		return this.supplier.get();
	}

}
