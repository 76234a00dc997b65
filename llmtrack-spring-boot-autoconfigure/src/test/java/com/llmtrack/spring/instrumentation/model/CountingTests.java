// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.call.CallScope;
import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests which requests are recorded if models wrap, share or observe each other.
 */
class CountingTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private static final Usage NONE = new DefaultUsage(0, 0);

	private final RecordingSink sink = new RecordingSink();

	private final ModelCalls calls = new ModelCalls(TestBeans.of(this.sink));

	private final DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(
			TestBeans.of(this.sink));

	@Test
	void modelsThatShareAConstantForUnknownUsageAreBothCounted() {
		this.instrumentation.afterSingletonsInstantiated();
		ChatModel fast = this.instrumentation.instrument(new ModelWithoutUsage());
		ChatModel smart = this.instrumentation.instrument(new ModelWithoutUsage());
		fast.call(PROMPT);
		smart.call(PROMPT);
		smart.call(PROMPT);
		assertThat(this.sink.events()).hasSize(3);
	}

	@Test
	void timeOutsOfTwoModelsWithNettysOneAndOnlyExceptionAreBothCounted() {
		this.instrumentation.afterSingletonsInstantiated();
		for (ChatModel model : List.of(this.instrumentation.instrument(new ModelThatTimesOut()),
				this.instrumentation.instrument(new ModelThatTimesOut()))) {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> model.call(PROMPT));
		}
		assertThat(this.sink.events()).hasSize(2);
	}

	@Test
	void earlyCallThatCantBeSentFailsNothing() {
		int[] calls = new int[1];
		LlmUsageEventSink broken = (event) -> {
			if (calls[0]++ == 0) {
				throw new IllegalStateException("broken sink");
			}
			this.sink.record(event);
		};
		DefaultModelInstrumentation early = new DefaultModelInstrumentation(TestBeans.of(broken));
		ChatModel model = early.instrument(new TestModels.OpenModel());
		model.call(PROMPT);
		model.call(PROMPT);
		assertThatNoException().isThrownBy(early::afterSingletonsInstantiated);
		assertThat(this.sink.events()).hasSize(1);
	}

	@Test
	void registryThatIsSeenTwiceTakesNoDetailsFromAStream() {
		ObservationRegistry registry = ObservationRegistry.create();
		ModelPostProcessor postProcessor = new ModelPostProcessor(this.instrumentation);
		postProcessor.postProcessAfterInitialization(registry, "registry");
		postProcessor.postProcessAfterInitialization(registry, "sameRegistry");
		this.calls.open();
		ModelCall proxied = this.calls.begin(CalledModel.proxied("bean", springAis()), PROMPT);
		try (CallScope scope = proxied.enter()) {
			observe(registry);
		}
		proxied.succeed();
		assertThat(this.sink.events()).hasSize(1);
	}

	@Test
	void instrumentationOfAClosedContextObservesNothing() {
		ObservationRegistry registry = ObservationRegistry.create();
		this.instrumentation.afterSingletonsInstantiated();
		new ModelPostProcessor(this.instrumentation).postProcessAfterInitialization(registry, "registry");
		this.instrumentation.destroy();
		observe(registry);
		assertThat(this.sink.events()).isEmpty();
	}

	@Test
	void registryOfTwoContextsGivesOneEvent() {
		ObservationRegistry registry = ObservationRegistry.create();
		this.instrumentation.afterSingletonsInstantiated();
		new ModelPostProcessor(this.instrumentation).postProcessAfterInitialization(registry, "registry");
		RecordingSink other = new RecordingSink();
		DefaultModelInstrumentation second = new DefaultModelInstrumentation(TestBeans.of(other));
		second.afterSingletonsInstantiated();
		new ModelPostProcessor(second).postProcessAfterInitialization(registry, "registry");
		observe(registry);
		assertThat(this.sink.events().size() + other.events().size()).isEqualTo(1);
	}

	private static void observe(ObservationRegistry registry) {
		ChatModelObservationContext context = ChatModelObservationContext.builder()
			.prompt(PROMPT)
			.provider("ollama")
			.build();
		Observation.start("gen_ai.client.operation", () -> context, registry).stop();
	}

	@Test
	void requestWithinARequestOfSpringAisOwnModelIsAnotherOne() {
		this.calls.open();
		ModelCall own = this.calls.begin(CalledModel.proxied("bean", springAis()), PROMPT);
		try (CallScope scope = own.enter()) {
			this.calls.begin(CalledModel.proxied("guard", new TestModels.OpenModel()), PROMPT);
		}
		own.succeed();
		assertThat(this.sink.events()).hasSize(1);
	}

	private static Object springAis() {
		return OllamaChatModel.builder().ollamaApi(OllamaApi.builder().build()).build();
	}

	/**
	 * A model of a service that counts no tokens.
	 */
	static final class ModelWithoutUsage extends TestModels.OpenModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
					ChatResponseMetadata.builder().usage(NONE).build());
		}

	}

	/**
	 * A model on Reactor Netty, which throws the same exception for every read time-out.
	 */
	static final class ModelThatTimesOut extends TestModels.OpenModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new IllegalStateException(ReadTimeoutException.INSTANCE);
		}

	}

}
