// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;

import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the requests of three providers in one application.
 */
class ProviderCoverageTests extends AbstractProviderTests {

	@Autowired
	@Qualifier("anthropicChatModel")
	private StreamingChatModel streamingAnthropic;

	@Test
	void eachCallOfOpenAiGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		call(this.openAi);
		assertCalls("openai", OpenAiAnswers.MODEL);
	}

	@Test
	void eachCallOfAnthropicGivesOneEvent() {
		servers.anthropic().answers(AnthropicAnswers.text("Hello", 3, 2));
		call(this.anthropic);
		assertCalls("anthropic", AnthropicAnswers.MODEL);
	}

	@Test
	void eachCallOfOllamaGivesOneEvent() {
		servers.ollama().answers(OllamaAnswers.text("Hello", 3, 2));
		call(this.ollama);
		assertCalls("ollama", OllamaAnswers.MODEL);
	}

	@Test
	void eachStreamOfOpenAiGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		stream(this.openAi);
		assertCalls("openai", OpenAiAnswers.MODEL);
	}

	@Test
	void eachStreamOfAnthropicGivesOneEvent() {
		servers.anthropic().answers(AnthropicAnswers.textStream("Hello", 3, 2));
		stream(this.streamingAnthropic);
		assertCalls("anthropic", AnthropicAnswers.MODEL);
	}

	@Test
	void eachStreamOfOllamaGivesOneEvent() {
		servers.ollama().answers(OllamaAnswers.textStream("Hello", 3, 2));
		stream(this.ollama);
		assertCalls("ollama", OllamaAnswers.MODEL);
	}

	@Test
	void eachProviderIsToldFromTheOthers() {
		List.of(this.openAi, this.anthropic, this.ollama).forEach((model) -> model.call("Hi"));
		List<JsonNode> events = assertEvents("success 19/10/29", "success 21/12/33", "success 23/14/37");
		assertThat(events).extracting((event) -> event.get("provider").asString() + " " + event.get("model").asString())
			.containsExactlyInAnyOrder("openai " + OpenAiAnswers.MODEL, "anthropic " + AnthropicAnswers.MODEL,
					"ollama " + OllamaAnswers.MODEL);
	}

	@Test
	void failureNamesTheModelThatWasAskedFor() {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		servers.anthropic().answers(AnthropicAnswers.failure(400));
		servers.ollama().answers(OpenAiAnswers.failure(400));
		for (ChatModel model : List.of(this.openAi, this.anthropic, this.ollama)) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call("Hi"));
		}
		List<JsonNode> events = assertEvents("error ?", "error ?", "error ?");
		assertThat(events).extracting((event) -> event.get("provider").asString() + " " + event.get("model").asString())
			.containsExactlyInAnyOrder("openai gpt-4o-mini", "anthropic claude-haiku-4-5", "ollama llama3.2");
	}

	@Test
	void retriesInsideOfOneCallOfOpenAiGiveOneEvent() {
		servers.openAi()
			.answers(OpenAiAnswers.failure(500), OpenAiAnswers.failure(500), OpenAiAnswers.text("Hello", 3, 2));
		assertThat(this.openAi.call("Hi")).isEqualTo("Hello");
		assertRetried("success 3/2/5");
	}

	@Test
	void retriesInsideOfOneStreamOfOpenAiGiveOneEvent() {
		servers.openAi()
			.answers(OpenAiAnswers.failure(500), OpenAiAnswers.failure(500), OpenAiAnswers.textStream("Hello", 3, 2));
		this.openAi.stream(new Prompt("Hi")).blockLast();
		assertRetried("success 3/2/5");
	}

	@Test
	void retriesInsideOfOneCallOfAnthropicGiveOneEvent() {
		servers.anthropic()
			.answers(AnthropicAnswers.failure(500), AnthropicAnswers.failure(500),
					AnthropicAnswers.text("Hello", 3, 2));
		assertThat(this.anthropic.call("Hi")).isEqualTo("Hello");
		assertRetried("success 3/2/5");
	}

	@Test
	void retriesInsideOfOneCallOfOllamaGiveOneEvent() {
		servers.ollama()
			.answers(OpenAiAnswers.failure(500), OpenAiAnswers.failure(500), OllamaAnswers.text("Hello", 3, 2));
		assertThat(this.ollama.call("Hi")).isEqualTo("Hello");
		assertRetried("success 3/2/5");
	}

	@Test
	void retriesThatAllFailGiveOneEvent() {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.openAi.call("Hi"));
		assertRetried("error ?");
	}

	@Test
	void callOfAServerThatIsNotThereGivesOneEvent() {
		for (ChatModel model : List.of(this.unreachableOpenAi, this.unreachableOllama)) {
			reset();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call("Hi"));
			assertThat(servers.awaitEvents(1)).extracting(EventAssertions::describe).containsExactly("error ?");
		}
	}

	private static void call(ChatModel model) {
		model.call(new Prompt("Hi"));
		model.call("Hi");
		model.call(new UserMessage("Hi"), new UserMessage("there"));
	}

	private static void stream(StreamingChatModel model) {
		model.stream(new Prompt("Hi")).blockLast();
		model.stream("Hi").blockLast();
		model.stream(new UserMessage("Hi"), new UserMessage("there")).blockLast();
	}

	private static void assertCalls(String provider, String model) {
		assertThat(assertEvents("success 3/2/5", "success 3/2/5", "success 3/2/5")).allSatisfy((event) -> {
			assertThat(event.get("provider").asString()).isEqualTo(provider);
			assertThat(event.get("model").asString()).isEqualTo(model);
		});
	}

	private static void assertRetried(String expected) {
		assertThat(servers.awaitEvents(1)).extracting(EventAssertions::describe).containsExactly(expected);
		assertThat(servers.requests()).isEqualTo(3);
	}

}
