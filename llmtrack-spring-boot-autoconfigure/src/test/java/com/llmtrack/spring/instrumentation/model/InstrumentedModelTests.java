// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.stream.Stream;

import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests models that the application builds and instruments itself.
 */
class InstrumentedModelTests extends AbstractHandBuiltModelTests {

	@ParameterizedTest
	@EnumSource(Kind.class)
	void everyCallOverloadOfAnInstrumentedModelGivesOneEvent(Kind kind) {
		ChatModel model = this.instrumentation.instrument(kind.model(ObservationRegistry.NOOP));
		model.call(PROMPT);
		assertThat(model.call("Hi")).isEqualTo("Hello");
		assertThat(model.call(new UserMessage("Hi"), new UserMessage("there"))).isEqualTo("Hello");
		assertEvents(kind, "success 3/2/5", "success 3/2/5", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void everyStreamOverloadOfAnInstrumentedModelGivesOneEvent(Kind kind) {
		streamsAreAnswered();
		ChatModel model = this.instrumentation.instrument(kind.model(ObservationRegistry.NOOP));
		model.stream(PROMPT).blockLast();
		assertThat(model.stream("Hi").collectList().block()).contains("Hello");
		assertThat(model.stream(new UserMessage("Hi"), new UserMessage("there")).collectList().block())
			.contains("Hello");
		assertEvents(kind, "success 3/2/5", "success 3/2/5", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void failureAndCancellationOfAnInstrumentedModelGiveOneEventEach(Kind kind) {
		ChatModel model = this.instrumentation.instrument(kind.model(ObservationRegistry.NOOP));
		streamsAreAnswered();
		model.stream("Hi").take(1).blockLast();
		servers.openAi().answers(OpenAiAnswers.failure(400));
		servers.ollama().answers(OpenAiAnswers.failure(400));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call("Hi"));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.stream("Hi").blockLast());
		assertEvents(kind, "cancelled ?", "error ?", "error ?");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void modelThatIsObservedAndInstrumentedGivesOneEvent(Kind kind) {
		ChatModel model = this.instrumentation.instrument(kind.model(this.observations));
		model.call("Hi");
		streamsAreAnswered();
		model.stream("Hi").blockLast();
		assertEvents(kind, "success 3/2/5", "success 3/2/5");
	}

	@Test
	void instrumentedModelStaysAsItIs() {
		ChatModel model = this.instrumentation.instrument(Kind.OPENAI.model(ObservationRegistry.NOOP));
		assertThat(this.instrumentation.instrument(model)).isSameAs(model);
		assertThat(this.instrumentation.instrument(model, "groq-model")).isSameAs(model);
		model.call("Hi");
		assertEvents(Kind.OPENAI, "success 3/2/5");
	}

	@Test
	void modelThatIsInstrumentedTwiceGivesOneEvent() {
		ChatModel model = Kind.OPENAI.model(ObservationRegistry.NOOP);
		this.instrumentation.instrument(model).call("Hi");
		this.instrumentation.instrument(model).call("Hi");
		assertEvents(Kind.OPENAI, "success 3/2/5", "success 3/2/5");
	}

	@Test
	void beanThatIsInstrumentedIsTheOneThatIsInjected() {
		assertThat(this.instrumentation.instrument(this.bean)).isSameAs(this.bean);
		assertThat(this.instrumentation.instrument((ChatModel) this.rawBean)).isSameAs(this.bean);
		this.instrumentation.instrument((ChatModel) this.rawBean).call("Hi");
		this.instrumentation.instrument(this.bean, "groq-model").call("Hi");
		assertEvents(Kind.OPENAI, "success 3/2/5", "success 3/2/5");
	}

	@Test
	void instrumentedDecoratorAddsNoEvent() {
		ChatModel decorator = this.instrumentation.instrument((ChatModel) this.bean::call);
		decorator.call("Hi");
		this.instrumentation.instrument((ChatModel) this.rawBean::call).call("Hi");
		assertEvents(Kind.OPENAI, "success 3/2/5", "success 3/2/5");
	}

	@Test
	void nameOfAnInstrumentedModelTellsItsProvider() {
		ChatModel model = this.instrumentation.instrument(Kind.OPENAI.model(this.observations), "groq-model");
		model.call("Hi");
		streamsAreAnswered();
		model.stream("Hi").blockLast();
		assertThat(EventAssertions.assertEvents(servers, servers::requests, "success 3/2/5", "success 3/2/5"))
			.extracting((event) -> event.get("provider").asString())
			.containsOnly("groq");
	}

	@Test
	void nameMustHaveText() {
		ChatModel model = Kind.OPENAI.model(ObservationRegistry.NOOP);
		assertThatIllegalArgumentException().isThrownBy(() -> this.instrumentation.instrument(model, " "));
	}

	@ParameterizedTest
	@CsvSource({ "llmtrack-key, false", "'', true" })
	void modelStaysAsItIsWhileTrackingIsOff(String key, boolean enabled) {
		try (ConfigurableApplicationContext context = run("--llmtrack.api-key=" + key,
				"--llmtrack.enabled=" + enabled)) {
			ChatModel model = Kind.OPENAI.model(ObservationRegistry.NOOP);
			ModelInstrumentation instrumentation = context.getBean(ModelInstrumentation.class);
			assertThat(instrumentation.instrument(model)).isSameAs(model);
			assertThat(instrumentation.instrument(model, "groq-model")).isSameAs(model);
			model.call("Hi");
		}
		servers.awaitEvents(0);
	}

	@Test
	void modelIsInstrumentedWhileBeansAreNot() {
		try (ConfigurableApplicationContext context = run("--llmtrack.api-key=llmtrack-key",
				"--llmtrack.instrumentation.enabled=false")) {
			ModelInstrumentation instrumentation = context.getBean(ModelInstrumentation.class);
			context.getBean(ChatModel.class).call("Hi");
			Stream.of(Kind.values())
				.map((kind) -> kind.model(context.getBean(ObservationRegistry.class)))
				.peek((model) -> model.call("Hi"))
				.forEach((model) -> instrumentation.instrument(model).call("Hi"));
			assertThat(servers.awaitEvents(2)).extracting((event) -> event.get("provider").asString())
				.containsExactlyInAnyOrder("openai", "ollama");
			assertThat(servers.requests()).isEqualTo(5);
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		String[] common = { "--spring.ai.openai.api-key=openai-key", "--spring.ai.openai.max-retries=0",
				"--spring.ai.openai.base-url=" + servers.openAiUrl(), "--llmtrack.base-url=" + servers.llmTrackUrl() };
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.profiles("observations")
			.run(Stream.of(common, arguments).flatMap(Stream::of).toArray(String[]::new));
	}

}
