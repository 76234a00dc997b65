// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;

/**
 * Tests that observations of Spring AI add no events of embedding models, but details of
 * some.
 */
@ActiveProfiles("observations")
class ObservedEmbeddingCoverageTests extends EmbeddingCoverageTests {

	@Autowired
	private ObservationRegistry observations;

	@Override
	String successOfADocument(Kind kind) {
		return SUCCESS;
	}

	@Test
	void dimensionsThatAnObservedModelAsksForGiveOneEvent() {
		this.ollama.dimensions();
		this.ollama.dimensions();
		assertEvents(Kind.OLLAMA, SUCCESS);
	}

	@Test
	void observedModelThatIsNoBeanGivesOneEventPerRequestInstrumentedOrNot() {
		EmbeddingModel model = OpenAiEmbeddingModel.builder()
			.options(OpenAiEmbeddingOptions.builder()
				.baseUrl(servers.openAiUrl())
				.apiKey("openai-key")
				.model("text-embedding-3-small")
				.build())
			.observationRegistry(this.observations)
			.build();
		model.embed("Hi");
		this.instrumentation.instrument(model).embed("Hi");
		assertEvents(Kind.OPENAI, SUCCESS, SUCCESS);
	}

}
