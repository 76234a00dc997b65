// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.ModelInstrumentation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the starter does not harm the start of an application, whatever its beans.
 */
@ExtendWith(OutputCaptureExtension.class)
class HarmlessStartTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class));

	private final ApplicationContextRunner recorded = this.runner.withBean(RecordedEvents.class);

	private final ApplicationContextRunner openAi = this.recorded
		.withConfiguration(AutoConfigurations.of(OpenAiChatAutoConfiguration.class, ToolCallingAutoConfiguration.class))
		.withPropertyValues("spring.ai.openai.api-key=openai-key");

	@Test
	void brokenSinkDoesNotFailTheStart() {
		this.runner.withUserConfiguration(BrokenSink.class, EarlyCall.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void twoSinksDoNotFailTheStart() {
		this.recorded.withBean("other", RecordedEvents.class)
			.withUserConfiguration(EarlyCall.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void mockedRegistryDoesNotFailTheStart() {
		this.recorded.withBean(ObservationRegistry.class, () -> Mockito.mock(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void noopRegistryLeavesNoModelUnobserved() {
		this.openAi.withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
			.run((context) -> assertThat(
					ReflectionTestUtils.getField(context.getBean(OpenAiChatModel.class), "observationRegistry"))
				.isNotSameAs(ObservationRegistry.NOOP));
	}

	@Test
	void warnsOfAPrototypeOnce(CapturedOutput output) {
		this.recorded.withPropertyValues("llmtrack.instrumentation.final-models=observe")
			.withBean("prototype", ChatModel.class, SealedModel::new, (definition) -> definition.setScope("prototype"))
			.run((context) -> {
				context.getBean("prototype");
				context.getBean("prototype");
			});
		assertThat(output).containsOnlyOnce("can't be recorded unless it makes observations");
	}

	@Test
	void registryOfTheParentIsUsed() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((context) -> true);
		new ApplicationContextRunner().withBean(ObservationRegistry.class, () -> registry)
			.run((parent) -> this.openAi.withParent(parent)
				.run((context) -> assertThat(
						ReflectionTestUtils.getField(context.getBean(OpenAiChatModel.class), "observationRegistry"))
					.isSameAs(registry)));
	}

	@Test
	void predicateThatKnowsItsObservationsDoesNotFailTheStart() {
		this.openAi.withPropertyValues("management.observations.enable.all=false")
			.withBean(ObservationRegistry.class, HarmlessStartTests::registryWithPredicate)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static ObservationRegistry registryWithPredicate() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationPredicate((name, context) -> !name.equals("http.client.requests")
					|| ((org.springframework.http.client.observation.ClientRequestObservationContext) context)
						.getCarrier() != null)
			.observationHandler(new ObservationHandler<>() {
				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}
			});
		registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("gen_ai"));
		return registry;
	}

	@Test
	void modelsOfAChildContextAreMeasured() {
		this.recorded.run((parent) -> this.runner.withParent(parent)
			.withBean("childModel", ChatModel.class, OpenModel::new)
			.run((child) -> assertThat(AopUtils.isAopProxy(child.getBean("childModel"))).isTrue()));
	}

	@Test
	void childMayTrackThoughItsParentDoesNot() {
		this.runner.run((parent) -> this.recorded.withParent(parent)
			.withBean("childModel", ChatModel.class, OpenModel::new)
			.withBean(InstrumentationUser.class)
			.run((child) -> assertThat(AopUtils.isAopProxy(child.getBean("childModel"))).isTrue()));
	}

	@Test
	void childMayBeUntrackedThoughItsParentIsNot() {
		ChatModel model = new OpenModel();
		this.recorded.run((parent) -> this.runner.withParent(parent)
			.withPropertyValues("llmtrack.enabled=false")
			.run((child) -> assertThat(child.getBean(ModelInstrumentation.class).instrument(model)).isSameAs(model)));
	}

	@Test
	void finalModelOfASealedInterfaceDoesNotFailTheStart() {
		this.recorded.withUserConfiguration(SealedConfiguration.class)
			.withBean(ModelUser.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void instrumentsByHandWhereBeansAreLazyAndNotInstrumented() {
		this.recorded
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("llmtrack.instrumentation.enabled=false")
			.run((context) -> {
				context.getBean(ModelInstrumentation.class).instrument(new OpenModel()).call(new Prompt("Hi"));
				assertThat(context.getBean(RecordedEvents.class).events).hasSize(1);
			});
	}

	@Test
	void environmentVariableNamesTheProviderOfABean() {
		withEnvironment(Map.of("LLMTRACK_PROVIDERS_OPENMODEL", "groq")).withBean("openModel", OpenModel.class)
			.run((context) -> {
				context.getBean(ChatModel.class).call(new Prompt("Hi"));
				assertThat(context.getBean(RecordedEvents.class).events.get(0).provider()).isEqualTo("groq");
			});
	}

	@Test
	void environmentVariablesSetTheInstrumentation() {
		withEnvironment(Map.of("LLMTRACK_INSTRUMENTATION_EXCLUDEBEANS", "openModel,other"))
			.withBean("openModel", OpenModel.class)
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isFalse());
	}

	private ApplicationContextRunner withEnvironment(Map<String, Object> variables) {
		return this.recorded.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
	}

	@Test
	void wrongValueIsNamed(CapturedOutput output) {
		this.recorded.withPropertyValues("llmtrack.instrumentation.final-models=foo")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("llmtrack.instrumentation.final-models"));
	}

	@Configuration(proxyBeanMethods = false)
	static class BrokenSink {

		@Bean
		LlmUsageEventSink sink() {
			return (event) -> {
				throw new IllegalStateException("broken sink");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyCall {

		@Bean
		ChatModel openModel() {
			return new OpenModel();
		}

		@Bean
		InitializingBean earlyCaller(ChatModel model) {
			return () -> model.call(new Prompt("Hi"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SealedConfiguration {

		@Bean
		ChatModel sealedModel() {
			return new SealedModel();
		}

	}

	static class InstrumentationUser {

		InstrumentationUser(ModelInstrumentation instrumentation) {
		}

	}

	static class ModelUser {

		ModelUser(ChatModel model) {
		}

	}

	static class RecordedEvents implements LlmUsageEventSink {

		final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

		@Override
		public void record(LlmUsageEvent event) {
			this.events.add(event);
		}

	}

	sealed interface AppModel extends ChatModel permits SealedModel {

	}

	record SealedModel() implements AppModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

	}

	static class OpenModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.just(call(prompt));
		}

	}

}
