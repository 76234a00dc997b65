// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.time.Duration;
import java.util.List;

import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The time-outs of each provider's client, and those of the application itself.
 */
class TimeoutCoverageTests extends AbstractProviderTests {

	@Test
	void timeoutOfACallOfOpenAiIsATimeout() {
		assertTimeoutOfCall(this.scriptedOpenAi);
	}

	@Test
	void timeoutOfOnePromptOfOpenAiIsATimeout() {
		scripted.hangsAfter();
		OpenAiChatOptions options = OpenAiChatOptions.builder().model("gpt-4o").timeout(Duration.ofMillis(200)).build();
		assertFails(() -> this.scriptedOpenAi.call(new Prompt("Hi", options)));
		assertScriptedEvents("timeout ?");
	}

	@Test
	void timeoutOfACallOfAnthropicIsATimeout() {
		assertTimeoutOfCall(this.scriptedAnthropic);
	}

	@Test
	void timeoutOfOnePromptOfAnthropicIsATimeout() {
		scripted.hangsAfter();
		AnthropicChatOptions options = AnthropicChatOptions.builder()
			.model("claude-haiku-4-5")
			.timeout(Duration.ofMillis(200))
			.build();
		assertFails(() -> this.scriptedAnthropic.call(new Prompt("Hi", options)));
		assertScriptedEvents("timeout ?");
	}

	@Test
	void timeoutOfACallOfOllamaIsATimeout() {
		assertTimeoutOfCall(this.scriptedOllama);
	}

	@Test
	void timeoutOfACallOfOllamaOnTheJdkIsATimeout() {
		assertTimeoutOfCall(this.scriptedOllamaOnJdk);
	}

	@Test
	void timeoutInTheMiddleOfAnAnswerIsATimeout() {
		for (ChatModel model : List.of(this.scriptedOpenAi, this.scriptedAnthropic, this.scriptedOllama)) {
			reset();
			scripted.hangsAfter("{");
			assertFails(() -> model.call("Hi"));
			assertScriptedEvents("timeout ?");
		}
	}

	@Test
	void timeoutInTheMiddleOfAnAnswerIsAnErrorOnTheJdk() {
		// JdkClientHttpRequestFactory only says "closed"
		scripted.hangsAfter("{");
		assertFails(() -> this.scriptedOllamaOnJdk.call("Hi"));
		assertScriptedEvents("error ?");
	}

	@Test
	void timeoutAtTheStartOfAStreamIsATimeout() {
		for (ChatModel model : List.of(this.scriptedOpenAi, this.scriptedAnthropic, this.scriptedOllama,
				this.scriptedOllamaOnJdk)) {
			reset();
			scripted.hangsAfter();
			assertTimeoutOfStream(model.stream(new Prompt("Hi")));
		}
	}

	@Test
	void timeoutOfAStreamOfOpenAiIsATimeout() {
		scripted.hangsAfter(OpenAiAnswers.chunk("Hel"));
		assertTimeoutOfStream(this.scriptedOpenAi.stream(new Prompt("Hi")));
	}

	@Test
	void timeoutOfAStreamOfAnthropicIsATimeout() {
		scripted.hangsAfter(AnthropicAnswers.start(3), AnthropicAnswers.delta("Hel"));
		assertTimeoutOfStream(this.scriptedAnthropic.stream(new Prompt("Hi")));
	}

	@Test
	void timeoutOfAStreamOfOllamaIsATimeout() {
		scripted.hangsAfter(OllamaAnswers.chunk("Hel"));
		assertTimeoutOfStream(this.scriptedOllama.stream(new Prompt("Hi")));
	}

	@Test
	void timeoutOfTheApplicationIsATimeout() {
		warmUp(this.scriptedOpenAi);
		scripted.hangsAfter(OpenAiAnswers.chunk("Hel"));
		assertTimeoutOfStream(this.scriptedOpenAi.stream(new Prompt("Hi")).timeout(Duration.ofMillis(300)));
	}

	@Test
	void timeoutOfTheApplicationForAChatClientIsATimeout() {
		warmUp(this.scriptedOllama);
		scripted.hangsAfter(OllamaAnswers.chunk("Hel"));
		assertTimeoutOfStream(
				ChatClient.create(this.scriptedOllama).prompt("Hi").stream().content().timeout(Duration.ofMillis(300)));
	}

	/**
	 * Make sure that the time-out does not strike while the first subscription of all is
	 * still loading classes.
	 */
	private void warmUp(ChatModel model) {
		scripted.hangsAfter();
		assertTimeoutOfStream(model.stream(new Prompt("Hi")));
		reset();
	}

	private static void assertTimeoutOfCall(ChatModel model) {
		scripted.hangsAfter();
		assertFails(() -> model.call("Hi"));
		assertScriptedEvents("timeout ?");
	}

	private static void assertFails(ThrowingCallable action) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(action);
	}

	private static void assertTimeoutOfStream(Flux<?> stream) {
		assertFails(stream::blockLast);
		assertScriptedEvents("timeout ?");
	}

}
