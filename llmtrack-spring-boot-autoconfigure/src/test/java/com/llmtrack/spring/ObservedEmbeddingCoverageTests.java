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

package com.llmtrack.spring;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;

/**
 * The observations of Spring AI add no event to those of embedding models, and tell more
 * of some.
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
