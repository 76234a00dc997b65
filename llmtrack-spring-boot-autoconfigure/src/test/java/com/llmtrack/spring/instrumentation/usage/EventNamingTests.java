// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests the names of providers and models in events.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventNamingTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SmallApplications.recording(this.events);

	private final ApplicationContextRunner openAi = SmallApplications.recording(this.events, servers)
		.withBean(Consumer.class);

	private LlmUsageEvent event() {
		assertThat(this.events).hasSize(1);
		return this.events.get(0);
	}

	@Test
	void providerOfABeanIsTheConfiguredOne() {
		this.openAi.withPropertyValues("llmtrack.providers.openAiChatModel=groq").run((context) -> {
			context.getBean(Consumer.class).byInterface.call("Hi");
			context.getBean(Consumer.class).byClass.call("Hi");
		});
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactly("groq", "groq");
	}

	@Test
	void providerOfABeanOfTheApplicationsOwnIsTheConfiguredOne() {
		this.runner.withBean("my.model", ChatModel.class, NamelessModel::new)
			.withBean("other", ChatModel.class, NamelessModel::new)
			.withPropertyValues("llmtrack.providers[my.model]=acme")
			.run((context) -> context.getBeansOfType(ChatModel.class).values().forEach((model) -> model.call("Hi")));
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactlyInAnyOrder("acme", "unknown");
	}

	@Test
	void providerAliasReplacesTheProvider() {
		this.openAi
			.withPropertyValues("llmtrack.provider-aliases.openai=azure", "llmtrack.provider-aliases.azure=never")
			.run((context) -> context.getBean(Consumer.class).callBoth());
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactly("azure", "azure");
	}

	@Test
	void providerAliasReplacesTheConfiguredProvider() {
		this.openAi
			.withPropertyValues("llmtrack.providers.openAiChatModel=groq", "llmtrack.provider-aliases.groq=fast",
					"llmtrack.provider-aliases.openai=never")
			.run((context) -> context.getBean(Consumer.class).callBoth());
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactly("fast", "fast");
	}

	@Test
	void modelAliasReplacesTheNameInTheAnswer() {
		this.openAi.withPropertyValues("llmtrack.model-aliases.gpt-4o-mini-2024-07-18=mini")
			.run((context) -> context.getBean(Consumer.class).callBoth());
		assertThat(this.events).extracting(LlmUsageEvent::model).containsExactly("mini", "mini");
	}

	@Test
	void modelAliasMayHaveAnyKeyInBrackets() {
		this.openAi.withPropertyValues("llmtrack.model-aliases[gpt-4.1/x]=acme/GPT 4.1").run((context) -> {
			servers.openAiAnswers(OpenAiAnswers.failure(400));
			call(context.getBean(Consumer.class).byInterface, "gpt-4.1/x");
		});
		assertThat(event().model()).isEqualTo("acme/GPT 4.1");
	}

	@Test
	void modelIsTheOneInTheAnswerByDefault() {
		this.openAi.run((context) -> {
			ChatModel model = context.getBean(Consumer.class).byInterface;
			call(model, "gpt-5");
			servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
			stream(model, "gpt-5");
		});
		assertThat(this.events).extracting(LlmUsageEvent::model)
			.containsExactly(OpenAiAnswers.MODEL, OpenAiAnswers.MODEL);
	}

	@Test
	void modelIsTheRequestedOneIfTheRequestFails() {
		this.openAi.run((context) -> {
			servers.openAi().answers(OpenAiAnswers.failure(400));
			Consumer consumer = context.getBean(Consumer.class);
			call(consumer.byInterface, "gpt-5");
			stream(consumer.byInterface, "gpt-5");
			call(consumer.byClass, "gpt-5");
			stream(consumer.byClass, "gpt-5");
		});
		Waiting.await().until(() -> this.events.size() == 4);
		assertThat(this.events).extracting(LlmUsageEvent::model).containsOnly("gpt-5");
	}

	@Test
	void modelIsTheRequestedOneIfTheApplicationSaysSo() {
		this.openAi
			.withPropertyValues("llmtrack.event.model-name=request", "llmtrack.model-aliases.gpt-5=five",
					"llmtrack.model-aliases." + OpenAiAnswers.MODEL + "=never")
			.run((context) -> {
				Consumer consumer = context.getBean(Consumer.class);
				call(consumer.byInterface, "gpt-5");
				call(consumer.byClass, "gpt-5");
				servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
				stream(consumer.byInterface, "gpt-5");
				stream(consumer.byClass, "gpt-5");
				servers.openAi().answers(OpenAiAnswers.failure(400));
				call(consumer.byInterface, "gpt-5");
				stream(consumer.byInterface, "gpt-5");
			});
		Waiting.await().until(() -> this.events.size() == 6);
		assertThat(this.events).extracting(LlmUsageEvent::model).containsOnly("five");
	}

	@Test
	void requestedModelIsTheDefaultOneUnlessThePromptNamesOne() {
		this.openAi.withPropertyValues("llmtrack.event.model-name=request").run((context) -> {
			context.getBean(Consumer.class).callBoth();
			servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
			context.getBean(Consumer.class).byInterface.stream("Hi").blockLast();
		});
		assertThat(this.events).hasSize(3).extracting(LlmUsageEvent::model).containsOnly("gpt-4o-mini");
	}

	@Test
	void modelIsTheOneInTheAnswerIfNoneWasRequested() {
		this.runner.withPropertyValues("llmtrack.event.model-name=request")
			.withBean("own", ChatModel.class, () -> new NamelessModel("answering"))
			.run((context) -> context.getBean(ChatModel.class).call("Hi"));
		assertThat(event().model()).isEqualTo("answering");
	}

	@Test
	void modelIsUnknownIfNobodyNamesIt() {
		this.runner.withBean("own", ChatModel.class, NamelessModel::new)
			.withPropertyValues("llmtrack.model-aliases.unknown=never")
			.run((context) -> context.getBean(ChatModel.class).call("Hi"));
		assertThat(event().model()).isEqualTo("unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.providers.openAiChatModel", "llmtrack.provider-aliases.openai",
			"llmtrack.model-aliases.gpt-5" })
	void nameThatIsBlankOrTooLongFailsTheStart(String property, CapturedOutput output) {
		assertFails(property, "");
		assertFails(property, "x".repeat(201));
		assertThat(output).contains("APPLICATION FAILED TO START", property, "Must have between 1 and 200 characters")
			.doesNotContain("secret-key");
	}

	@Test
	void modelNameThatIsNoneFailsTheStart(CapturedOutput output) {
		assertFails("llmtrack.event.model-name", "both");
		assertThat(output).contains("llmtrack.event.model-name", "REQUEST", "RESPONSE");
	}

	private static void assertFails(String property, String value) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.run("--llmtrack.api-key=secret-key", "--" + property + "=" + value));
	}

	private static Prompt prompt(String model) {
		return new Prompt("Hi",
				OpenAiChatOptions.builder().model(model).baseUrl(servers.openAiUrl()).apiKey("openai-key").build());
	}

	private static void call(ChatModel model, String requested) {
		try {
			model.call(prompt(requested));
		}
		catch (RuntimeException ex) {
			assertThat(ex).hasMessageContaining("400");
		}
	}

	private static void stream(ChatModel model, String requested) {
		try {
			model.stream(prompt(requested)).blockLast();
		}
		catch (RuntimeException ex) {
			assertThat(ex).hasMessageContaining("400");
		}
	}

	static class Consumer {

		private final ChatModel byInterface;

		private final OpenAiChatModel byClass;

		Consumer(ChatModel byInterface, OpenAiChatModel byClass) {
			this.byInterface = byInterface;
			this.byClass = byClass;
		}

		void callBoth() {
			this.byInterface.call("Hi");
			this.byClass.call("Hi");
		}

	}

	/**
	 * A model of which nothing is known but its class, and at most what it answers.
	 */
	public static class NamelessModel implements ChatModel {

		private final String answeringModel;

		protected NamelessModel() {
			this("");
		}

		NamelessModel(String answeringModel) {
			this.answeringModel = answeringModel;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
					ChatResponseMetadata.builder().model(this.answeringModel).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class })
	static class Application {

	}

}
