// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the application decides about the instrumentation of its models.
 */
@ExtendWith(OutputCaptureExtension.class)
class InstrumentationSettingsTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SmallApplications.recording(this.events, servers)
		.withBean("observations", ObservationRegistry.class, ObservationRegistry::create)
		.withBean(Consumer.class);

	private ApplicationContextRunner with(String property) {
		return this.runner.withPropertyValues("llmtrack.instrumentation." + property);
	}

	@Test
	void everyRequestGivesOneEventByDefault() {
		this.runner.run((context) -> {
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(AopUtils.isAopProxy(consumer.byInterface)).isTrue();
			consumer.callBoth();
			assertThat(this.events).hasSize(2);
			assertThat(servers.requests()).isEqualTo(2);
		});
	}

	@Test
	void nothingIsProxiedNorObservedWhenInstrumentationIsDisabled() {
		with("enabled=false").withBean("open", OpenModel.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(consumer.byInterface).isSameAs(consumer.byClass);
			assertThat(AopUtils.isAopProxy(context.getBean("open"))).isFalse();
			consumer.callBoth();
			context.getBean(OpenModel.class).call("Hi");
			assertThat(this.events).isEmpty();
			assertThat(servers.requests()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "openAiChatModel", "open*", "*Model", "other, openAiChatModel" })
	void excludedFinalModelGivesNoEvent(String pattern) {
		with("exclude-beans=" + pattern).run((context) -> {
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(consumer.byInterface).isSameAs(consumer.byClass);
			consumer.callBoth();
			servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
			consumer.byInterface.stream("Hi").blockLast();
			assertThat(this.events).isEmpty();
			assertThat(servers.requests()).isEqualTo(3);
		});
	}

	@Test
	void excludedFinalModelGivesNoEventWithoutObservationRegistry() {
		SmallApplications.recording(this.events, servers)
			.withBean(Consumer.class)
			.withPropertyValues("llmtrack.instrumentation.exclude-beans=openAiChatModel")
			.run((context) -> {
				context.getBean(Consumer.class).callBoth();
				assertThat(this.events).isEmpty();
				assertThat(servers.requests()).isEqualTo(2);
			});
	}

	@Test
	void excludedOpenModelStaysAsItIs() {
		with("exclude-beans=open,some*").withBean("open", OpenModel.class)
			.withBean("sometimes", OpenModel.class)
			.withBean("always", OpenModel.class)
			.run((context) -> {
				assertThat(AopUtils.isAopProxy(context.getBean("open"))).isFalse();
				assertThat(AopUtils.isAopProxy(context.getBean("sometimes"))).isFalse();
				assertThat(AopUtils.isAopProxy(context.getBean("always"))).isTrue();
				context.getBeansOfType(OpenModel.class).values().forEach((model) -> model.call("Hi"));
				assertThat(this.events).hasSize(1);
				context.getBean(Consumer.class).callBoth();
				assertThat(this.events).hasSize(3);
			});
	}

	@Test
	void nameThatIsNoBeansExcludesNothing() {
		with("exclude-beans=openAi").run((context) -> {
			context.getBean(Consumer.class).callBoth();
			assertThat(this.events).hasSize(2);
		});
	}

	@Test
	void observedFinalModelIsInjectedAsItselfAndGivesOneEvent() {
		with("final-models=observe").run((context) -> {
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(consumer.byInterface).isSameAs(consumer.byClass);
			consumer.callBoth();
			servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
			consumer.byInterface.stream("Hi").blockLast();
			Waiting.await().until(() -> this.events.size() == 3);
			assertThat(servers.requests()).isEqualTo(3);
		});
	}

	@Test
	void observedFinalModelGivesOneEventWithoutObservationRegistry() {
		SmallApplications.recording(this.events, servers)
			.withBean(Consumer.class)
			.withPropertyValues("llmtrack.instrumentation.final-models=observe")
			.run((context) -> {
				context.getBean(Consumer.class).callBoth();
				assertThat(this.events).hasSize(2);
				assertThat(servers.requests()).isEqualTo(2);
			});
	}

	@Test
	void openModelIsProxiedWhenFinalOnesAreObserved() {
		with("final-models=observe").withBean("open", OpenModel.class).run((context) -> {
			assertThat(AopUtils.isAopProxy(context.getBean("open"))).isTrue();
			context.getBean(OpenModel.class).call("Hi");
			assertThat(this.events).hasSize(1);
		});
	}

	@Test
	void debugLogSaysHowEachModelIsCovered(CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel("com.llmtrack", LogLevel.DEBUG);
		try {
			with("exclude-beans=excluded").withBean("open", OpenModel.class)
				.withBean("excluded", OpenModel.class)
				.withBean("lambda", ChatModel.class, () -> (prompt) -> new ChatResponse(List.of()))
				.run((context) -> assertThat(context).hasNotFailed());
			with("final-models=observe").run((context) -> assertThat(context).hasNotFailed());
		}
		finally {
			logging.setLogLevel("com.llmtrack", null);
		}
		String ofOpenAi = "model bean 'openAiChatModel' (" + OpenAiChatModel.class.getName() + ") are recorded ";
		assertThat(output)
			.containsOnlyOnce(ofOpenAi + "by a proxy where it is injected by interface, by its observations elsewhere")
			.containsOnlyOnce(ofOpenAi + "by its observations")
			.containsOnlyOnce(
					"model bean 'open' (" + OpenModel.class.getName() + ") are recorded by a proxy of its class")
			.containsOnlyOnce("model bean 'excluded' (" + OpenModel.class.getName()
					+ ") are recorded not at all, as it is excluded")
			.containsPattern("model bean 'lambda' \\(.+\\) are recorded by a proxy of its interfaces")
			.doesNotContain("WARN");
	}

	@Test
	void finalModelOfTheApplicationsOwnThatIsInjectedByItsClassIsWarnedOf(CapturedOutput output) {
		this.runner.withBean("final", FinalModel.class)
			.withBean("byClass", FinalModelConsumer.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("WARN")
			.containsOnlyOnce("Model bean 'final' is injected into 'byClass' by its class")
			.contains("Inject it as ChatModel", "llmtrack.instrumentation.exclude-beans");
	}

	@Test
	void finalModelThatIsInjectedByInterfaceOrExcludedIsNotWarnedOf(CapturedOutput output) {
		this.runner.withBean("final", FinalModel.class).run((context) -> assertThat(context).hasNotFailed());
		with("exclude-beans=final").withBean("final", FinalModel.class)
			.withBean("byClass", FinalModelConsumer.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void finalModelOfTheApplicationsOwnThatIsToBeObservedIsWarnedOf(CapturedOutput output) {
		with("final-models=observe").withBean("final", FinalModel.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("WARN")
			.containsOnlyOnce("The requests of model bean 'final' can't be tracked unless it makes observations")
			.contains("llmtrack.instrumentation.final-models", "llmtrack.instrumentation.exclude-beans");
	}

	@Test
	void unknownTreatmentOfFinalModelsFailsTheStart(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.run("--llmtrack.api-key=secret-key", "--llmtrack.instrumentation.final-models=ignore"));
		assertThat(output)
			.contains("APPLICATION FAILED TO START", "llmtrack.instrumentation.final-models", "ignore", "OBSERVE",
					"PROXY")
			.doesNotContain("secret-key");
	}

	static class Consumer {

		private final ChatModel byInterface;

		private final OpenAiChatModel byClass;

		Consumer(List<ChatModel> models, OpenAiChatModel byClass) {
			this.byInterface = models.stream()
				.filter((model) -> AopUtils.getTargetClass(model) == OpenAiChatModel.class)
				.findFirst()
				.orElseThrow();
			this.byClass = byClass;
		}

		void callBoth() {
			this.byInterface.call("Hi");
			this.byClass.call("Hi");
		}

	}

	static class OpenModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

	}

	static final class FinalModel extends OpenModel {

	}

	static class FinalModelConsumer {

		FinalModelConsumer(FinalModel model) {
			assertThat(AopUtils.isAopProxy(model)).isFalse();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class })
	static class Application {

	}

}
