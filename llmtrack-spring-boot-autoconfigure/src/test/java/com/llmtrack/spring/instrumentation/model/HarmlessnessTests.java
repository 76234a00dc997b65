// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that failures of the starter, or of application code that it calls, do not affect
 * calls and streams, and are logged once without their message.
 */
@ExtendWith(OutputCaptureExtension.class)
class HarmlessnessTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private static final String SECRET = "secret";

	private static final RuntimeException FAILURE = new IllegalStateException("failed");

	private final List<LlmUsageEvent> events = new ArrayList<>();

	/**
	 * An exception, a problem of the class path, one of the stack, and one that has
	 * neither a trace nor a message of its own.
	 */
	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException(SECRET), new NoClassDefFoundError(SECRET),
				new ExceptionInInitializerError(SECRET), new StackOverflowError(SECRET), new AssertionError(SECRET),
				new Hostile());
	}

	private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
		@SuppressWarnings("unchecked")
		T typed = (T) failure;
		throw typed;
	}

	private DefaultModelInstrumentation instrumentation(LlmUsageEventSink sink, Supplier<EventSettings> settings) {
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(
				TestBeans.supplying(() -> Stream.of(sink), settings, InstrumentationSettings::new, List.of()));
		instrumentation.afterSingletonsInstantiated();
		return instrumentation;
	}

	private static void assertUnharmed(DefaultModelInstrumentation instrumentation, CapturedOutput output) {
		ChatModel model = instrumentation.instrument(new TestModels.OpenModel());
		ChatModel failing = instrumentation.instrument(new FailingModel());
		assertThat(model.call("Hi")).isEqualTo("Hello");
		assertThat(model.stream(PROMPT).collectList().block()).hasSize(2);
		assertThat(model.stream(PROMPT).take(1).collectList().block()).hasSize(1);
		assertThatIllegalStateException().isThrownBy(() -> failing.call(PROMPT)).isSameAs(FAILURE);
		assertThatIllegalStateException().isThrownBy(() -> failing.stream(PROMPT).blockLast()).isSameAs(FAILURE);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(instrumentation.observationHandler());
		assertThat(observe(registry, context())).isEqualTo("observed");
		assertReportedOnce(output);
		assertThat(ModelCall.current()).isNull();
	}

	private static void assertReportedOnce(CapturedOutput output) {
		assertThat(output).containsOnlyOnce("could not be recorded").containsOnlyOnce("WARN").doesNotContain(SECRET);
	}

	private static ChatModelObservationContext context() {
		return ChatModelObservationContext.builder().prompt(PROMPT).provider("openai").build();
	}

	private static @Nullable String observe(ObservationRegistry registry, Observation.Context context) {
		return Observation.createNotStarted("gen_ai.client.operation", () -> context, registry)
			.observe(() -> "observed");
	}

	@ParameterizedTest
	@MethodSource("failures")
	void sinkThatThrows(Throwable failure, CapturedOutput output) {
		assertUnharmed(instrumentation((event) -> {
			throw HarmlessnessTests.<RuntimeException>sneaky(failure);
		}, EventSettings::new), output);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void settingsThatThrow(Throwable failure, CapturedOutput output) {
		assertUnharmed(instrumentation(this.events::add, () -> {
			throw HarmlessnessTests.<RuntimeException>sneaky(failure);
		}), output);
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void usageThatThrows(Throwable failure, CapturedOutput output) {
		ChatResponse response = new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
				ChatResponseMetadata.builder().model("model").usage(new HostileUsage(failure)).build());
		ChatModel model = instrumentation(this.events::add, EventSettings::new)
			.instrument(new AnsweringModel(response));
		assertThat(model.call(PROMPT)).isSameAs(response);
		assertThat(model.stream(PROMPT).collectList().block()).containsExactly(response, response);
		assertThat(model.stream(PROMPT).take(1).collectList().block()).containsExactly(response);
		assertThat(this.events).hasSize(3).allSatisfy((event) -> assertThat(event.tokens().total()).isNull());
		assertReportedOnce(output);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void optionsThatThrow(Throwable failure, CapturedOutput output) {
		ChatModel model = instrumentation(this.events::add, EventSettings::new)
			.instrument(new TestModels.OpenModel("") {

				@Override
				public ChatOptions getOptions() {
					throw HarmlessnessTests.<RuntimeException>sneaky(failure);
				}

			});
		assertThat(model.call("Hi")).isEqualTo("Hello");
		assertThat(model.stream(PROMPT).collectList().block()).hasSize(2);
		assertThat(this.events).hasSize(2).allSatisfy((event) -> assertThat(event.tokens().total()).isEqualTo(7));
		assertThat(output).doesNotContain(SECRET);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void observationThatThrows(Throwable failure, CapturedOutput output) {
		DefaultModelInstrumentation instrumentation = instrumentation(this.events::add, EventSettings::new);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(instrumentation.observationHandler());
		ChatModelObservationContext context = Mockito.spy(context());
		Mockito.doAnswer((invocation) -> {
			throw failure;
		}).when(context).getOperationMetadata();
		assertThat(observe(registry, context)).isEqualTo("observed");
		assertReportedOnce(output);
	}

	@Test
	void observationWithoutProvider(CapturedOutput output) {
		DefaultModelInstrumentation instrumentation = instrumentation(this.events::add, EventSettings::new);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(instrumentation.observationHandler());
		ChatModelObservationContext context = Mockito.spy(context());
		Mockito.doReturn(null).when(context).getOperationMetadata();
		assertThat(observe(registry, context)).isEqualTo("observed");
		assertReportedOnce(output);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void observationRegistryThatThrowsAtStart(Throwable failure, CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = context(this.events::add,
				() -> new HostileRegistry(failure))) {
			assertThat(context.getBean(ChatModel.class).call("Hi")).isEqualTo("Hello");
			assertThat(this.events).hasSize(2);
		}
		assertThat(output).containsOnlyOnce("WARN").doesNotContain(SECRET);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void sinkThatThrowsAtStart(Throwable failure, CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = context((event) -> {
			throw HarmlessnessTests.<RuntimeException>sneaky(failure);
		}, ObservationRegistry::create)) {
			assertThat(context.isActive()).isTrue();
		}
		assertReportedOnce(output);
	}

	/**
	 * An application that calls a model before it is ready.
	 */
	private static AnnotationConfigApplicationContext context(LlmUsageEventSink sink,
			Supplier<ObservationRegistry> registry) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(DefaultModelInstrumentation.class,
				() -> new DefaultModelInstrumentation(TestBeans.of(sink)),
				(definition) -> definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE));
		context.registerBean(ModelPostProcessor.class,
				() -> new ModelPostProcessor(context.getBean(DefaultModelInstrumentation.class)));
		context.registerBean(ObservationRegistry.class, registry);
		context.registerBean(TestModels.OpenModel.class);
		context.registerBean("early", String.class, () -> context.getBean(ChatModel.class).call("Hi"));
		context.refresh();
		return context;
	}

	static class FailingModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw FAILURE;
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.error(FAILURE);
		}

	}

	record AnsweringModel(ChatResponse response) implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.response;
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.just(this.response, this.response);
		}

	}

	/**
	 * An exception of which nothing can be asked.
	 */
	static final class Hostile extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Hostile() {
			super(SECRET, null, false, false);
		}

		@Override
		public String getMessage() {
			throw new IllegalStateException(SECRET);
		}

		@Override
		public synchronized Throwable getCause() {
			throw new IllegalStateException(SECRET);
		}

	}

	private record HostileUsage(Throwable failure) implements Usage {

		@Override
		public Integer getPromptTokens() {
			throw HarmlessnessTests.<RuntimeException>sneaky(this.failure);
		}

		@Override
		public Integer getCompletionTokens() {
			throw HarmlessnessTests.<RuntimeException>sneaky(this.failure);
		}

		@Override
		public Object getNativeUsage() {
			throw HarmlessnessTests.<RuntimeException>sneaky(this.failure);
		}

	}

	private record HostileRegistry(Throwable failure) implements ObservationRegistry {

		@Override
		public ObservationConfig observationConfig() {
			throw HarmlessnessTests.<RuntimeException>sneaky(this.failure);
		}

		@Override
		public @Nullable Observation getCurrentObservation() {
			return null;
		}

		@Override
		public Observation.@Nullable Scope getCurrentObservationScope() {
			return null;
		}

		@Override
		public void setCurrentObservationScope(Observation.@Nullable Scope current) {
		}

	}

}
