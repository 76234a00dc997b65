// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.json;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The library for JSON on a class path: Jackson 3, or what a {@link Json} that is
 * registered as a service stands for.
 */
final class JsonLibrary {

	static final String JACKSON_3 = "tools.jackson.databind.json.JsonMapper";

	private JsonLibrary() {
	}

	static boolean isPresent(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent(JACKSON_3, classLoader) || service() != null;
	}

	/**
	 * Link Jackson 3 if that is possible, else a service. Without one, the failure tells
	 * what is missing.
	 */
	static Json link() {
		try {
			return new Jackson3();
		}
		catch (LinkageError ex) {
			// Missing, or older annotations than it needs, which Spring Boot 3 manages
			Json service = service();
			if (service != null) {
				return service;
			}
			throw ex;
		}
	}

	private static @Nullable Json service() {
		try {
			return ServiceLoader.load(Json.class, Json.class.getClassLoader()).findFirst().orElse(null);
		}
		catch (ServiceConfigurationError | LinkageError ex) {
			// Its library is missing, too
			return null;
		}
	}

}
