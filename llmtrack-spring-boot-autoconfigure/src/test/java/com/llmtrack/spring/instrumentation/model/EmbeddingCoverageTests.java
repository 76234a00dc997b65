// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import com.knuddels.jtokkit.api.EncodingType;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.EmbeddingAnswers;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each request of an instrumented embedding model gives one event.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = EmbeddingCoverageTests.Application.class,
		properties = { "spring.ai.openai.api-key=openai-key", "spring.ai.openai.embedding.model=text-embedding-3-small",
				"spring.ai.openai.max-retries=1", "llmtrack.api-key=llmtrack-key",
				"llmtrack.instrumentation.embeddings=true", "llmtrack.providers.own=acme" })
class EmbeddingCoverageTests {

	static final String SUCCESS = "success 5/?/5";

	@RegisterExtension
	static final StubServers servers = StubServers.shared();

	@Autowired
	OpenAiEmbeddingModel openAi;

	@Autowired
	OllamaEmbeddingModel ollama;

	@Autowired
	@Qualifier("own")
	EmbeddingModel own;

	@Autowired
	@Qualifier("cache")
	EmbeddingModel cache;

	@Autowired
	ModelInstrumentation instrumentation;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	EmbeddingModel model(Kind kind) {
		return (kind == Kind.OPENAI) ? this.openAi : this.ollama;
	}

	static List<JsonNode> assertEvents(Kind kind, String... expected) {
		List<JsonNode> events = EventAssertions.assertEvents(servers, servers::embeddingRequests, expected);
		assertThat(events).allSatisfy((event) -> {
			assertThat(event.get("provider").asString()).isEqualTo(kind.provider);
			assertThat(event.get("model").asString()).isEqualTo(kind.model);
		});
		return events;
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void embeddedTextsGiveOneEventPerRequest(Kind kind) {
		EmbeddingModel model = model(kind);
		assertThat(model.embed("Hi")).hasSize(2);
		assertThat(model.embed(List.of("Hi", "there"))).hasSize(3);
		assertThat(model.embedForResponse(List.of("Hi")).getResults()).hasSize(3);
		assertThat(model.call(new EmbeddingRequest(List.of("Hi"), null)).getResults()).hasSize(3);
		assertEvents(kind, SUCCESS, SUCCESS, SUCCESS, SUCCESS);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void embeddedDocumentGivesOneEvent(Kind kind) {
		assertThat(model(kind).embed(new Document("Hi"))).hasSize(2);
		assertThat(EventAssertions.assertEvents(servers, servers::embeddingRequests, successOfADocument(kind)))
			.allSatisfy((event) -> assertThat(event.get("provider").asString()).isEqualTo(kind.provider));
	}

	/**
	 * A model answers nothing but the numbers, so that only an observation tells more. A
	 * model that the application declares itself has no registry unless it is given one.
	 */
	String successOfADocument(Kind kind) {
		return (kind == Kind.OPENAI) ? SUCCESS : "success ?";
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void eachBatchOfDocumentsGivesOneEvent(Kind kind) {
		List<Document> documents = List.of(new Document("one two three four five"),
				new Document("six seven eight nine ten"), new Document("eleven twelve thirteen fourteen"));
		TokenCountBatchingStrategy batches = new TokenCountBatchingStrategy(EncodingType.CL100K_BASE, 10, 0.1);
		assertThat(batches.batch(documents)).hasSize(3);
		assertThat(model(kind).embed(documents, EmbeddingOptions.builder().build(), batches)).hasSize(3);
		assertEvents(kind, SUCCESS, SUCCESS, SUCCESS);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void failureGivesOneEvent(Kind kind) {
		servers.openAiEmbeddings().answers(OpenAiAnswers.failure(400));
		servers.ollamaEmbeddings().answers(OpenAiAnswers.failure(400));
		EmbeddingModel model = model(kind);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.embed("Hi"));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.embedForResponse(List.of("Hi")));
		EventAssertions.assertEvents(servers, servers::embeddingRequests, "error ?", "error ?");
	}

	@Test
	void retryWithinTheClientIsPartOfTheRequest() {
		servers.openAiEmbeddings().answers(OpenAiAnswers.failure(500), EmbeddingAnswers.openAi());
		this.openAi.embed("Hi");
		assertThat(EventAssertions.describe(servers.awaitEvent())).isEqualTo(SUCCESS);
		assertThat(servers.embeddingRequests()).isEqualTo(2);
	}

	@Test
	void dimensionsThatSpringAiAsksForOnceGiveOneEvent() {
		assertThat(this.openAi.dimensions()).isEqualTo(2);
		assertThat(this.openAi.dimensions()).isEqualTo(2);
		assertEvents(Kind.OPENAI, SUCCESS);
	}

	@Test
	void modelOfTheApplicationsOwnGivesOneEventPerRequest() {
		this.own.embed("Hi");
		this.own.embed(List.of("Hi"));
		this.own.embedForResponse(List.of("Hi"));
		this.own.call(new EmbeddingRequest(List.of("Hi"), null));
		assertThat(servers.awaitEvents(4)).allSatisfy((event) -> {
			assertThat(event.get("provider").asString()).isEqualTo("acme");
			assertThat(EventAssertions.describe(event)).isEqualTo("success 7/?/7");
		});
	}

	@Test
	void dimensionsOfAModelOfTheApplicationsOwnGiveOneEvent() {
		assertThat(this.own.dimensions()).isEqualTo(1);
		assertThat(EventAssertions.describe(servers.awaitEvent())).isEqualTo("success 7/?/7");
	}

	@Test
	void cachedEmbeddingGivesNoEvent() {
		for (int i = 0; i < 3; i++) {
			this.cache.embed("Hi");
			this.cache.embedForResponse(List.of("there"));
		}
		assertEvents(Kind.OPENAI, SUCCESS, SUCCESS);
	}

	@Test
	void instrumentedModelGivesOneEventPerRequest() {
		EmbeddingModel model = this.instrumentation.instrument((EmbeddingModel) OpenAiEmbeddingModel.builder()
			.options(OpenAiEmbeddingOptions.builder()
				.baseUrl(servers.openAiUrl())
				.apiKey("openai-key")
				.model("text-embedding-3-small")
				.build())
			.build());
		assertThat(this.instrumentation.instrument(model)).isSameAs(model);
		assertThat(this.instrumentation.instrument(model, "own")).isSameAs(model);
		assertThat(this.instrumentation.instrument((EmbeddingModel) this.openAi)).isSameAs(this.openAi);
		model.embed("Hi");
		model.embed(List.of("Hi"));
		model.embedForResponse(List.of("Hi"));
		model.embed(List.of(new Document("Hi")), null, new TokenCountBatchingStrategy());
		assertEvents(Kind.OPENAI, SUCCESS, SUCCESS, SUCCESS, SUCCESS);
	}

	@Test
	void openClassIsProxiedByItsClass() {
		assertThat(AopUtils.isCglibProxy(this.openAi)).isTrue();
		assertThat(AopUtils.isCglibProxy(this.ollama)).isTrue();
	}

	/**
	 * The providers of embeddings.
	 */
	enum Kind {

		OPENAI("openai", "text-embedding-3-small"), OLLAMA("ollama", "my-embedding");

		final String provider;

		final String model;

		Kind(String provider, String model) {
			this.provider = provider;
			this.model = model;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		OllamaEmbeddingModel ollamaEmbeddingModel(ObjectProvider<ObservationRegistry> observations) {
			return OllamaEmbeddingModel.builder()
				.ollamaApi(OllamaApi.builder().baseUrl(servers.providersUrl()).build())
				.options(OllamaEmbeddingOptions.builder().model("my-embedding").build())
				.observationRegistry(observations.getIfAvailable(() -> ObservationRegistry.NOOP))
				.build();
		}

		@Bean
		EmbeddingModel own() {
			return new OwnEmbeddingModel();
		}

		@Bean
		EmbeddingModel cache(OpenAiEmbeddingModel openAi) {
			return new CachingEmbeddingModel(openAi);
		}

	}

	static class OwnEmbeddingModel implements EmbeddingModel {

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			return EmbeddingAnswers.response(7);
		}

		@Override
		public float[] embed(Document document) {
			return call(new EmbeddingRequest(List.of("Hi"), null)).getResult().getOutput();
		}

	}

	/**
	 * Asks on another thread what it does not know.
	 */
	static class CachingEmbeddingModel implements EmbeddingModel {

		private final Map<List<String>, EmbeddingResponse> cache = new ConcurrentHashMap<>();

		private final EmbeddingModel model;

		CachingEmbeddingModel(EmbeddingModel model) {
			this.model = model;
		}

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			return this.cache.computeIfAbsent(request.getInstructions(),
					(texts) -> CompletableFuture.supplyAsync(() -> this.model.embedForResponse(texts)).join());
		}

		@Override
		public float[] embed(Document document) {
			return embed(String.valueOf(document.getText()));
		}

	}

}
