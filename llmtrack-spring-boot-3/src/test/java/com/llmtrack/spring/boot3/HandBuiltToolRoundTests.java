// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.boot3.Provider.Answer;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Tests of models that the application builds by hand: with the manager of its tools or
 * one of their own, instrumented or only observed.
 */
class HandBuiltToolRoundTests extends AbstractToolRoundTests {

	private static final String[] ROUNDS = { "success 100/10/110", "success 200/20/220" };

	private static final String[] SUM = { "success 300/30/330" };

	@Autowired
	ToolCallingManager manager;

	@Autowired
	ObservationRegistry registry;

	@Autowired
	ModelInstrumentation instrumentation;

	private ChatModel build(Provider provider, boolean ownManager, boolean observed) {
		ToolCallingManager manager = ownManager ? ToolCallingManager.builder().build() : this.manager;
		ObservationRegistry registry = observed ? this.registry : ObservationRegistry.NOOP;
		return switch (provider) {
			case OPENAI -> OpenAiChatModel.builder()
				.openAiApi(OpenAiApi.builder().baseUrl(server.baseUrl()).apiKey("k").build())
				.defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true).build())
				.toolCallingManager(manager)
				.observationRegistry(registry)
				.build();
			case ANTHROPIC -> AnthropicChatModel.builder()
				.anthropicApi(AnthropicApi.builder().baseUrl(server.baseUrl()).apiKey("k").build())
				.defaultOptions(AnthropicChatOptions.builder().model("claude-haiku-4-5").maxTokens(10).build())
				.toolCallingManager(manager)
				.observationRegistry(registry)
				.build();
			case OLLAMA -> OllamaChatModel.builder()
				.ollamaApi(OllamaApi.builder().baseUrl(server.baseUrl()).build())
				.defaultOptions(OllamaChatOptions.builder().model("llama3").build())
				.toolCallingManager(manager)
				.observationRegistry(registry)
				.build();
		};
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,false,false", "OPENAI,false,true", "ANTHROPIC,false,true", "OLLAMA,false,true",
			"OLLAMA,false,false", "OPENAI,true,true", "ANTHROPIC,true,true", "OLLAMA,true,true" })
	void roundsOfInstrumentedCall(Provider provider, boolean ownManager, boolean observed) {
		ask(provider, this.instrumentation.instrument(build(provider, ownManager, observed)));
		this.events.assertEvents(ROUNDS);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,false,false", "OPENAI,false,true", "ANTHROPIC,false,true", "OLLAMA,false,true",
			"OLLAMA,false,false" })
	void roundsOfInstrumentedStream(Provider provider, boolean ownManager, boolean observed) {
		askForStream(provider, this.instrumentation.instrument(build(provider, ownManager, observed)));
		this.events.assertEvents(ROUNDS);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "ANTHROPIC", "OLLAMA" })
	void unseenRoundsOfInstrumentedCallGiveOneEvent(Provider provider) {
		ask(provider, this.instrumentation.instrument(build(provider, true, false)));
		this.events.assertEvents(SUM);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,false", "ANTHROPIC,false", "OLLAMA,false", "OPENAI,true", "ANTHROPIC,true", "OLLAMA,true" })
	void unseenRoundsOfInstrumentedStreamGiveOneEvent(Provider provider, boolean observed) {
		askForStream(provider, this.instrumentation.instrument(build(provider, true, observed)));
		this.events.assertEvents(SUM);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,false", "ANTHROPIC,false", "OLLAMA,false", "OPENAI,true", "ANTHROPIC,true", "OLLAMA,true" })
	void roundsOfObservedCall(Provider provider, boolean ownManager) {
		ask(provider, build(provider, ownManager, true));
		this.events.assertEvents(ROUNDS);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "ANTHROPIC", "OLLAMA" })
	void roundsOfObservedStream(Provider provider) {
		askForStream(provider, build(provider, false, true));
		this.events.assertEvents(ROUNDS);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "ANTHROPIC", "OLLAMA" })
	void observedStreamThatIsSubscribedToAgain(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.failure(400),
				Answer.tools(300, 30, "weather").stream(), Answer.text("Rain", 400, 40).stream());
		build(provider, false, true).stream(prompt()).retry(1).blockLast();
		this.events.assertEvents("success 100/10/110", "error ?", "success 300/30/330", "success 400/40/440");
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "ANTHROPIC", "OLLAMA" })
	void unseenRoundsOfObservedStreamGiveOneEvent(Provider provider) {
		askForStream(provider, build(provider, true, true));
		this.events.assertEvents(SUM);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,false", "ANTHROPIC,false", "OLLAMA,false", "OPENAI,true", "ANTHROPIC,true", "OLLAMA,true" })
	void threeRoundsOfObservedCall(Provider provider, boolean ownManager) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.tools(200, 20, "time"),
				Answer.text("Rain", 300, 30));
		build(provider, ownManager, true).call(prompt());
		this.events.assertEvents("success 100/10/110", "success 200/20/220", "success 300/30/330");
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "ANTHROPIC", "OLLAMA" })
	void threeRoundsOfInstrumentedCallWithManagerOfItsOwn(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.tools(200, 20, "time"),
				Answer.text("Rain", 300, 30));
		this.instrumentation.instrument(build(provider, true, true)).call(prompt());
		this.events.assertEvents("success 100/10/110", "success 200/20/220", "success 300/30/330");
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,true", "OPENAI,false", "OLLAMA,true" })
	void toolThatAsksTheSameInstrumentedModel(Provider provider, boolean observed) {
		askFromTool(provider, this.instrumentation.instrument(build(provider, false, observed)));
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "ANTHROPIC", "OLLAMA" })
	void toolThatAsksAnObservedModel(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "askModel"), Answer.text("Inner", 7, 1),
				Answer.text("Outer", 200, 20));
		this.tools.model = build(provider, false, true);
		this.instrumentation.instrument(build(provider, false, false)).call(prompt());
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "OLLAMA" })
	void unseenToolThatAsksTheSameObservedInstrumentedModel(Provider provider) {
		askFromTool(provider, this.instrumentation.instrument(build(provider, true, true)));
		// That the first request has ended is known when the next one begins
		this.events.assertEvents("success 7/1/8", "success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI", "OLLAMA" })
	void unseenToolThatAsksTheSameInstrumentedModel(Provider provider) {
		askFromTool(provider, this.instrumentation.instrument(build(provider, true, false)));
		this.events.assertEvents("success 7/1/8", "success 300/30/330");
	}

	private void askFromTool(Provider provider, ChatModel model) {
		provider.answers(server, Answer.tools(100, 10, "askModel"), Answer.text("Inner", 7, 1),
				Answer.text("Outer", 200, 20));
		this.tools.model = model;
		model.call(prompt());
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,false", "OPENAI,true", "OLLAMA,false", "OLLAMA,true" })
	void toolThatAsksTheSameObservedModel(Provider provider, boolean ownManager) {
		provider.answers(server, Answer.tools(100, 10, "askWithTools"), Answer.tools(7, 1, "weather"),
				Answer.text("Inner", 8, 2), Answer.text("Outer", 200, 20));
		ChatModel model = build(provider, ownManager, true);
		this.tools.model = model;
		model.call(prompt());
		this.events.assertEvents("success 100/10/110", "success 7/1/8", "success 8/2/10", "success 200/20/220");
	}

	private void ask(Provider provider, ChatModel model) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		model.call(prompt());
	}

	private void askForStream(Provider provider, ChatModel model) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 200, 20).stream());
		stream(model);
	}

}
