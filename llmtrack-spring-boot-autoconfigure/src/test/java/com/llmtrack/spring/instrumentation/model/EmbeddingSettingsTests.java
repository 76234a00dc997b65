// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.EmbeddingAnswers;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.model.openai.autoconfigure.OpenAiEmbeddingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests whether embedding models are instrumented.
 */
class EmbeddingSettingsTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SmallApplications.recording(this.events, servers)
		.withConfiguration(AutoConfigurations.of(OpenAiEmbeddingAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void embeddingGivesNoEventByDefault(boolean observed) {
		ApplicationContextRunner runner = observed
				? this.runner.withBean("observations", ObservationRegistry.class, ObservationRegistry::create)
				: this.runner;
		runner.run((context) -> {
			EmbeddingModel model = context.getBean(EmbeddingModel.class);
			model.embed("Hi");
			model.embed(new Document("Hi"));
			assertThat(this.events).isEmpty();
			assertThat(servers.embeddingRequests()).isEqualTo(2);
		});
	}

	@Test
	void embeddingOfAnInstrumentedModelGivesOneEventNevertheless() {
		this.runner.run((context) -> {
			EmbeddingModel model = context.getBean(ModelInstrumentation.class)
				.instrument(context.getBean(EmbeddingModel.class));
			model.embed("Hi");
			assertThat(this.events).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void excludedEmbeddingModelGivesNoEvent(boolean observed) {
		ApplicationContextRunner runner = observed
				? this.runner.withBean("observations", ObservationRegistry.class, ObservationRegistry::create)
				: this.runner;
		runner
			.withPropertyValues("llmtrack.instrumentation.embeddings=true",
					"llmtrack.instrumentation.exclude-beans=openAiEmbedding*")
			.run((context) -> {
				EmbeddingModel model = context.getBean(EmbeddingModel.class);
				model.embed("Hi");
				model.embed(new Document("Hi"));
				assertThat(this.events).isEmpty();
				context.getBean("openAiChatModel", ChatModel.class).call("Hi");
				assertThat(this.events).hasSize(1);
			});
	}

	@Test
	void modelThatStreamsAndEmbedsGivesOneEventPerStreamByDefault() {
		this.runner.withBean("both", BothModels.class).run((context) -> {
			useAll(context.getBean(BothModels.class));
			assertThat(this.events).extracting((event) -> event.tokens().total()).containsExactly(9L, 9L);
		});
	}

	@Test
	void modelThatStreamsAndEmbedsGivesOneEventPerRequest() {
		this.runner.withBean("both", BothModels.class)
			.withPropertyValues("llmtrack.instrumentation.embeddings=true")
			.run((context) -> {
				useAll(context.getBean(BothModels.class));
				assertThat(this.events).extracting((event) -> event.tokens().total())
					.containsExactlyInAnyOrder(9L, 9L, 7L, 7L, 7L, 7L);
			});
	}

	private static void useAll(BothModels model) {
		model.stream(new Prompt("Hi")).blockLast();
		model.stream("Hi").blockLast();
		model.call(new EmbeddingRequest(List.of("Hi"), null));
		model.embed("Hi");
		model.embed(List.of("Hi"));
		model.embedForResponse(List.of("Hi"));
	}

	/**
	 * A {@link ChatModel} could not be an {@link EmbeddingModel} as well, since both
	 * extend the same generic interface.
	 */
	static class BothModels implements StreamingChatModel, EmbeddingModel {

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.just(new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
					ChatResponseMetadata.builder().usage(new DefaultUsage(4, 5)).build()));
		}

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			return EmbeddingAnswers.response(7);
		}

		@Override
		public float[] embed(Document document) {
			return new float[1];
		}

	}

}
