// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

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
		return PrivateFields.read(model, model.getClass(), FIELD, ObservationRegistry.class);
	}

}
