// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import com.llmtrack.spring.instrumentation.model.TestGate.Question;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests refused requests of models without a proxy, which only observations tell of.
 */
class ObservedRequestGateTests {

	@RegisterExtension
	static final StubServers servers = new StubServers();

	private final TestGate gate = new TestGate();

	private final RecordingSink sink = new RecordingSink();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final Spans spans = new Spans();

	private final Observations observations = new Observations();

	private final DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(
			TestBeans.of(this.sink, () -> this.gate, new EventSettings()));

	private final ModelPostProcessor processor = new ModelPostProcessor(this.instrumentation);

	ObservedRequestGateTests() {
		this.registry.observationConfig()
			.observationHandler(this.observations)
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new DefaultTracingObservationHandler(
					new OtelTracer(SdkTracerProvider.builder().addSpanProcessor(this.spans).build().get("test"),
							new OtelCurrentTraceContext(), (event) -> {
							})));
		this.processor.postProcessAfterInitialization(this.registry, "registry");
		this.instrumentation.afterSingletonsInstantiated();
	}

	private ChatModel model() {
		return model(this.registry);
	}

	private static ChatModel model(ObservationRegistry registry) {
		return OllamaChatModel.builder()
			.ollamaApi(OllamaApi.builder().baseUrl(servers.providersUrl()).build())
			.options(OllamaChatOptions.builder().model("llama3.2").build())
			.observationRegistry(registry)
			.build();
	}

	private void assertRefused(Runnable request) {
		assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(request::run)
			.isSameAs(this.gate.refusal);
	}

	private void assertNothingIsOpen() {
		assertThat(this.registry.getCurrentObservation()).isNull();
		// A stream has ended for its caller a moment before its observations do
		Waiting.await().untilAsserted(() -> assertThat(this.observations.open.get() + this.spans.open.get()).isZero());
		assertThat(this.meters.getMeters().stream().filter((meter) -> meter.getId().getName().endsWith(".active")))
			.allSatisfy(
					(meter) -> meter.measure().forEach((measurement) -> assertThat(measurement.getValue()).isZero()));
	}

	@Test
	void refusedRequestsAreNotSentAndLeaveNothingOpen() {
		ChatClient client = ChatClient.create(model(), this.registry);
		for (int i = 0; i < 100; i++) {
			assertRefused(() -> client.prompt("Hi").call().content());
			assertRefused(() -> client.prompt("Hi").stream().content().blockLast());
		}
		assertThat(servers.requests()).isZero();
		assertThat(this.sink.events()).isEmpty();
		assertThat(this.gate.questions).hasSize(200).containsOnly(new Question("ollama", "llama3.2", null, null));
		assertThat(this.observations.ofModels).hasValue(0);
		assertThat(this.observations.started).hasPositiveValue();
		assertNothingIsOpen();
	}

	@Test
	void requestThatIsNotRefusedGivesOneEventInItsContext() {
		this.gate.refuse((question) -> false);
		LlmContext.feature("support").andCustomer("acme").run(() -> model().call("Hi"));
		servers.ollama().answers(OllamaAnswers.textStream("Hello", 3, 2));
		LlmContext.feature("support").andCustomer("acme").run(() -> model().stream("Hi").blockLast());
		assertThat(this.gate.questions).hasSize(2).containsOnly(new Question("ollama", "llama3.2", "support", "acme"));
		// A stream has ended for its caller a moment before its observation does
		Waiting.await().until(() -> this.sink.events().size() == 2);
		assertThat(this.sink.events()).allSatisfy((event) -> assertThat(event.feature()).isEqualTo("support"));
		assertThat(servers.requests()).isEqualTo(2);
		assertNothingIsOpen();
	}

	@Test
	void observationOfAnInstrumentedModelIsNotAskedAboutAgain() {
		this.gate.refuseAfter(1);
		this.instrumentation.instrument(model()).call("Hi");
		assertThat(this.gate.questions).hasSize(1);
		assertRefused(() -> this.instrumentation.instrument(model()).call("Hi"));
		assertThat(this.gate.questions).hasSize(2);
		assertThat(this.sink.events()).hasSize(1);
	}

	@Test
	void observationThatTheApplicationDoesNotMakeIsNotAskedAbout() {
		ObservationRegistry silent = ObservationRegistry.create();
		silent.observationConfig().observationPredicate((name, context) -> !name.startsWith("gen_ai"));
		this.processor.postProcessAfterInitialization(silent, "silent");
		model(silent).call("Hi");
		assertThat(this.gate.questions).isEmpty();
		assertThat(servers.requests()).isOne();
	}

	@Test
	void registryThatIsFoundLaterRefuses() {
		ObservationRegistry later = ObservationRegistry.create();
		this.processor.postProcessAfterInitialization(later, "later");
		assertRefused(() -> model(later).call("Hi"));
	}

	@Test
	void registryOfTwoApplicationsAsksOnce() {
		DefaultModelInstrumentation other = new DefaultModelInstrumentation(
				TestBeans.of(this.sink, () -> this.gate, new EventSettings()));
		new ModelPostProcessor(other).postProcessAfterInitialization(this.registry, "registry");
		other.afterSingletonsInstantiated();
		this.gate.refuse((question) -> false);
		model().call("Hi");
		assertThat(this.gate.questions).hasSize(1);
		assertThat(this.sink.events()).hasSize(1);
	}

	@Test
	void embeddingsAreRefusedOnlyWhereTheyAreRecorded() {
		EmbeddingModel embeddings = OllamaEmbeddingModel.builder()
			.ollamaApi(OllamaApi.builder().baseUrl(servers.providersUrl()).build())
			.observationRegistry(this.registry)
			.build();
		assertThat(embeddings.embed("Hi")).isNotEmpty();
		assertThat(this.gate.questions).isEmpty();
	}

	@Test
	void gateThatFailsRefusesNothing() {
		this.gate.refuse((question) -> {
			throw new IllegalStateException("gate");
		});
		assertThat(model().call("Hi")).isEqualTo("Hello");
		assertThat(this.sink.events()).hasSize(1);
	}

	@Test
	void nothingIsAskedAfterTheEndOfTheApplication() {
		this.instrumentation.destroy();
		assertThat(model().call("Hi")).isEqualTo("Hello");
		assertThat(this.gate.questions).isEmpty();
	}

	@Test
	void registryHasNoPredicateWhereNothingIsRefused() {
		ObservationRegistry plain = ObservationRegistry.create();
		DefaultModelInstrumentation other = new DefaultModelInstrumentation(TestBeans.of(this.sink));
		new ModelPostProcessor(other).postProcessAfterInitialization(plain, "plain");
		other.afterSingletonsInstantiated();
		assertThat(plain.observationConfig()).extracting("observationPredicates")
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.isEmpty();
	}

	private static final class Observations implements ObservationHandler<Observation.Context> {

		final AtomicInteger started = new AtomicInteger();

		final AtomicInteger ofModels = new AtomicInteger();

		final AtomicInteger open = new AtomicInteger();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.started.incrementAndGet();
			this.open.incrementAndGet();
			if (context instanceof ChatModelObservationContext) {
				this.ofModels.incrementAndGet();
			}
		}

		@Override
		public void onStop(Observation.Context context) {
			this.open.decrementAndGet();
		}

	}

	private static final class Spans implements SpanProcessor {

		final AtomicInteger open = new AtomicInteger();

		@Override
		public void onStart(Context parent, ReadWriteSpan span) {
			this.open.incrementAndGet();
		}

		@Override
		public boolean isStartRequired() {
			return true;
		}

		@Override
		public void onEnd(ReadableSpan span) {
			this.open.decrementAndGet();
		}

		@Override
		public boolean isEndRequired() {
			return true;
		}

	}

}
