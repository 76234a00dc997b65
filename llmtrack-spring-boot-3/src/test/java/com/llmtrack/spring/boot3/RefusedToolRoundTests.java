// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.boot3.Provider.Answer;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a model which runs tools itself does not send their results if a budget
 * refuses that. Each test has a customer, who may make one request.
 */
@TestPropertySource(properties = { "llmtrack.budgets.all.per=customer", "llmtrack.budgets.all.requests=1",
		"llmtrack.budgets.all.then=refuse", "llmtrack.budgets.streams.model=llama-of-streams",
		"llmtrack.budgets.streams.requests=1", "llmtrack.budgets.streams.then=refuse",
		"llmtrack.event.model-name=request" })
class RefusedToolRoundTests extends AbstractToolRoundTests {

	@Autowired
	ToolCallingManager manager;

	@Autowired
	ObservationRegistry registry;

	private void assertRefused(String customer, Runnable call) {
		assertThatExceptionOfType(LlmBudgetExceededException.class)
			.isThrownBy(() -> LlmContext.customer(customer).run(call))
			.satisfies((ex) -> assertThat(ex.getAccount().owner()).isEqualTo(customer));
	}

	private void assertOneRound(Provider provider) {
		assertThat(this.tools.calls).isOne();
		assertThat(provider.requests(server)).isOne();
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource
	void nextRoundOfCallIsRefused(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		assertRefused("call of " + provider, () -> model(provider).call(prompt()));
		assertOneRound(provider);
	}

	@ParameterizedTest
	@EnumSource
	void nextRoundOfStreamIsRefused(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 200, 20).stream());
		assertRefused("stream of " + provider, () -> stream(provider));
		assertOneRound(provider);
	}

	@ParameterizedTest
	@EnumSource
	void nextRoundOfClientIsRefused(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		assertRefused("client of " + provider,
				() -> ChatClient.create(model(provider)).prompt("Hi").tools(this.tools).call().content());
		assertOneRound(provider);
	}

	@ParameterizedTest
	@EnumSource
	void resultThatIsTheAnswerIsNotRefused(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "answerDirectly"));
		LlmContext.customer("answer of " + provider)
			.run(() -> assertThat(model(provider).call(prompt()).getResult().getOutput().getText()).contains("direct"));
		this.events.assertEvents("success 100/10/110");
	}

	@ParameterizedTest
	@EnumSource(names = "OLLAMA")
	void nextRoundOfObservedCallIsRefused(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		assertRefused("observed call", () -> observedModel("llama3").call(prompt()));
		assertOneRound(provider);
	}

	/**
	 * The next round runs on another thread, where nothing tells the customer.
	 */
	@ParameterizedTest
	@EnumSource(names = "OLLAMA")
	void nextRoundOfObservedStreamIsRefused(Provider provider) {
		provider.answers(server, Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 200, 20).stream());
		assertThatExceptionOfType(LlmBudgetExceededException.class)
			.isThrownBy(() -> stream(observedModel("llama-of-streams")))
			.satisfies((ex) -> assertThat(ex.getAccount().budget()).isEqualTo("streams"));
		assertOneRound(provider);
	}

	private ChatModel observedModel(String name) {
		return OllamaChatModel.builder()
			.ollamaApi(OllamaApi.builder().baseUrl(server.baseUrl()).build())
			.defaultOptions(OllamaChatOptions.builder().model(name).build())
			.toolCallingManager(this.manager)
			.observationRegistry(this.registry)
			.build();
	}

}
