// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.reflect.Field;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * The registry in which a model of Spring AI makes its observations, which it does not
 * tell.
 */
public final class ModelObservations {

	static final String FIELD = "observationRegistry";

	private ModelObservations() {
	}

	/**
	 * Return the registry of a model, or {@code null} if it can't be found.
	 */
	public static @Nullable ObservationRegistry registryOf(Object model) {
		Field field = ReflectionUtils.findField(model.getClass(), FIELD, ObservationRegistry.class);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return (ObservationRegistry) ReflectionUtils.getField(field, model);
	}

}
