// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.autoconfigure.LlmTrackMetricsAutoConfiguration;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing of ours keeps a closed context in memory, whatever of the
 * application outlives it.
 */
class ClosedContextTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource
	void contextIsForgottenDespite(Survivor survivor) {
		assertForgotten(survivor, survivor.hasOpenAi() ? 4 : 3);
	}

	/**
	 * The application itself does not keep it, so that the test above means something.
	 */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "REGISTRY_OF_OPENAI")
	void contextWithoutTrackingIsForgottenDespite(Survivor survivor) {
		assertForgotten(survivor, 0, "llmtrack.enabled=false");
	}

	private void assertForgotten(Survivor survivor, int expectedEvents, String... properties) {
		AtomicReference<Object> kept = new AtomicReference<>();
		WeakReference<ApplicationContext> closed = run(survivor, kept, properties);
		assertThat(this.events).hasSize(expectedEvents);
		Waiting.await().untilAsserted(() -> {
			System.gc();
			assertThat(closed.refersTo(null)).as("context is forgotten").isTrue();
		});
		Reference.reachabilityFence(kept);
	}

	private WeakReference<ApplicationContext> run(Survivor survivor, AtomicReference<Object> kept,
			String... properties) {
		AtomicReference<WeakReference<ApplicationContext>> reference = new AtomicReference<>();
		GenericApplicationContext parent = parent();
		runner(survivor).withParent(parent).withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			Application application = context.getBean(Application.class);
			application.model.call(PROMPT);
			application.model.stream(PROMPT).blockLast();
			application.finalModel.call(PROMPT);
			context.getBeanProvider(OpenAiChatModel.class).ifAvailable((model) -> model.call(PROMPT));
			context.getBean(Annotated.class).work();
			kept.set(survivor.find.apply(context));
			reference.set(new WeakReference<>(context.getSourceApplicationContext()));
		});
		return reference.get();
	}

	private ApplicationContextRunner runner(Survivor survivor) {
		ApplicationContextRunner runner = survivor.hasOpenAi() ? SmallApplications.recording(this.events, servers)
				: SmallApplications.recording(this.events);
		return runner
			.withConfiguration(survivor.hasRegistry() ? AutoConfigurations.of(ObservationAutoConfiguration.class)
					: AutoConfigurations.of())
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
							SimpleMetricsExportAutoConfiguration.class, LlmTrackMetricsAutoConfiguration.class))
			.withUserConfiguration(Application.class)
			.withPropertyValues("llmtrack.api-key=llmtrack-key", "llmtrack.base-url=" + servers.llmTrackUrl(),
					"llmtrack.ssl.bundle=llmtrack", "feature=work");
	}

	private static GenericApplicationContext parent() {
		GenericApplicationContext parent = new GenericApplicationContext();
		parent.registerBean(SslBundles.class,
				() -> new DefaultSslBundleRegistry("llmtrack", SslBundle.of(SslStoreBundle.NONE)));
		parent.refresh();
		return parent;
	}

	/**
	 * What may outlive a context, as others refer to it.
	 */
	enum Survivor {

		/** Is kept by its library. */
		CLIENT_OF_OPENAI((context) -> "client"),

		MODEL((context) -> context.getBean(Application.class).model),

		FINAL_MODEL((context) -> context.getBean(Application.class).finalModel),

		HAND_BUILT_MODEL((context) -> context.getBean(ModelInstrumentation.class).instrument(new Greeter())),

		STREAM((context) -> context.getBean(Application.class).model.stream(PROMPT)),

		CONTEXT_OF_STREAM((context) -> context.getBean(Application.class).greeter.contextOfStream),

		INSTRUMENTATION((context) -> context.getBean(ModelInstrumentation.class)),

		USAGE_RECORDER((context) -> context.getBean(LlmUsageRecorder.class)),

		ANNOTATED((context) -> context.getBean(Annotated.class)),

		REGISTRY((context) -> context.getBean(ObservationRegistry.class)),

		/** The application has none, so this is ours. */
		REGISTRY_OF_OPENAI((context) -> ReflectionTestUtils.getField(context.getBean(OpenAiChatModel.class),
				"observationRegistry")),

		OBSERVATION((context) -> context.getBean(Observations.class).contexts),

		METERS((context) -> context.getBean(MeterRegistry.class)),

		PARENT(ApplicationContext::getParent);

		private final Function<ApplicationContext, Object> find;

		Survivor(Function<ApplicationContext, Object> find) {
			this.find = find;
		}

		boolean hasOpenAi() {
			return this == CLIENT_OF_OPENAI || this == REGISTRY_OF_OPENAI || this == OBSERVATION;
		}

		boolean hasRegistry() {
			return this != REGISTRY_OF_OPENAI;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		private Greeter greeter;

		private ChatModel model;

		private ChatModel finalModel;

		@Bean
		Greeter greeter() {
			this.greeter = new Greeter();
			return this.greeter;
		}

		@Bean
		FinalGreeter finalGreeter() {
			return new FinalGreeter();
		}

		@Bean
		Object models(@Qualifier("greeter") ChatModel model, @Qualifier("finalGreeter") ChatModel finalModel) {
			this.model = model;
			this.finalModel = finalModel;
			return "models";
		}

		@Bean
		Annotated annotated() {
			return new Annotated();
		}

		@Bean
		Observations observations() {
			return new Observations();
		}

		@Bean
		LlmUsageEventCustomizer customizer(ApplicationContext context) {
			return (event) -> event.toBuilder().environment(context.getId()).build();
		}

	}

	static class Greeter implements ChatModel {

		private ContextView contextOfStream;

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.deferContextual((context) -> {
				this.contextOfStream = context;
				return Flux.just(call(prompt));
			});
		}

	}

	static final class FinalGreeter extends Greeter {

	}

	static class Annotated {

		@LlmFeature("${feature}")
		String work() {
			return "done";
		}

	}

	/**
	 * Keeps all observations, as a test or a tracer may do.
	 */
	static class Observations implements ObservationHandler<Observation.Context> {

		private final List<Observation.Context> contexts = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.contexts.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
