// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelObservations}: that Spring AI's models still keep their registry
 * there.
 */
class ModelObservationsTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	@Test
	void registryIsTheOneThatTheModelWasMadeWith() {
		assertThat(ModelObservations.registryOf(OllamaChatModel.builder()
			.ollamaApi(OllamaApi.builder().build())
			.observationRegistry(this.registry)
			.build())).isSameAs(this.registry);
		assertThat(ModelObservations.registryOf(new Subclass(this.registry))).isSameAs(this.registry);
	}

	@Test
	void otherObjectsHaveNone() {
		assertThat(ModelObservations.registryOf(new Object())).isNull();
	}

	private static class Base {

		@SuppressWarnings("unused")
		private final ObservationRegistry observationRegistry;

		Base(ObservationRegistry observationRegistry) {
			this.observationRegistry = observationRegistry;
		}

	}

	private static final class Subclass extends Base {

		Subclass(ObservationRegistry observationRegistry) {
			super(observationRegistry);
		}

	}

}
