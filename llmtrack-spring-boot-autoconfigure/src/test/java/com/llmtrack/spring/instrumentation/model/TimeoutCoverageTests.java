// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.Waiting;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests time-outs of each provider's client and of the application itself.
 */
class TimeoutCoverageTests extends AbstractProviderTests {

	private static final int ATTEMPTS = 10;

	private final AtomicReference<Object> lastReceived = new AtomicReference<>();

	@Test
	void timeoutOfACallOfOpenAiIsATimeout() {
		assertTimeoutOfCall(this.impatientOpenAi);
	}

	@Test
	void timeoutOfOnePromptOfOpenAiIsATimeout() {
		OpenAiChatOptions options = OpenAiChatOptions.builder().model("gpt-4o").timeout(Duration.ofMillis(200)).build();
		assertEvent("timeout ?", () -> this.scriptedOpenAi.call(new Prompt("Hi", options)), this::isAsked);
	}

	@Test
	void timeoutOfACallOfAnthropicIsATimeout() {
		assertTimeoutOfCall(this.impatientAnthropic);
	}

	@Test
	void timeoutOfOnePromptOfAnthropicIsATimeout() {
		AnthropicChatOptions options = AnthropicChatOptions.builder()
			.model("claude-haiku-4-5")
			.timeout(Duration.ofMillis(200))
			.build();
		assertEvent("timeout ?", () -> this.scriptedAnthropic.call(new Prompt("Hi", options)), this::isAsked);
	}

	@Test
	void timeoutOfACallOfOllamaIsATimeout() {
		assertTimeoutOfCall(this.impatientOllama);
	}

	@Test
	void timeoutOfACallOfOllamaOnTheJdkIsATimeout() {
		assertTimeoutOfCall(this.impatientOllamaOnJdk);
	}

	@Test
	void timeoutInTheMiddleOfAnAnswerIsATimeout() {
		for (ChatModel model : List.of(this.impatientOpenAi, this.impatientAnthropic, this.impatientOllama)) {
			assertEvent("timeout ?", () -> model.call("Hi"), this::isAsked, "{");
		}
	}

	@Test
	void timeoutInTheMiddleOfAnAnswerIsAnErrorOnTheJdk() {
		// JdkClientHttpRequestFactory only says "closed"
		assertEvent("error ?", () -> this.impatientOllamaOnJdk.call("Hi"), () -> answersBegunOnJdk.get() == 1, "{");
	}

	@Test
	void timeoutAtTheStartOfAStreamIsATimeout() {
		for (ChatModel model : List.of(this.impatientOpenAi, this.impatientAnthropic, this.impatientOllama,
				this.impatientOllamaOnJdk)) {
			assertEvent("timeout ?", () -> model.stream(new Prompt("Hi")).blockLast(), this::isAsked);
		}
	}

	@Test
	void timeoutOfAStreamOfOpenAiIsATimeout() {
		assertTimeoutOfStream(this.impatientOpenAi.stream(new Prompt("Hi")), OpenAiAnswers.chunk("Hel"));
	}

	@Test
	void timeoutOfAStreamOfAnthropicIsATimeout() {
		assertTimeoutOfStream(this.impatientAnthropic.stream(new Prompt("Hi")), AnthropicAnswers.start(3),
				AnthropicAnswers.delta("Hel"));
	}

	@Test
	void timeoutOfAStreamOfOllamaIsATimeout() {
		assertTimeoutOfStream(this.impatientOllama.stream(new Prompt("Hi")), OllamaAnswers.chunk("Hel"));
	}

	@Test
	void streamThatTimesOutAfterItsUsageKeepsIt() {
		assertEvent("timeout 3/2/5",
				() -> this.impatientOpenAi.stream(new Prompt("Hi")).doOnNext(this.lastReceived::set).blockLast(),
				() -> this.lastReceived.get() instanceof ChatResponse response
						&& response.getMetadata().getUsage().getTotalTokens() == 5,
				OpenAiAnswers.chunk("Hello"), OpenAiAnswers.usageChunk(3, 2));
	}

	@Test
	void timeoutOfTheApplicationIsATimeout() {
		assertTimeoutOfStream(
				this.scriptedOpenAi.stream(promptToCancel(this.scriptedOpenAi)).timeout(Duration.ofMillis(300)),
				OpenAiAnswers.chunk("Hel"));
	}

	@Test
	void timeoutOfTheApplicationForAChatClientIsATimeout() {
		assertTimeoutOfStream(
				ChatClient.create(this.scriptedOllama).prompt("Hi").stream().content().timeout(Duration.ofMillis(300)),
				OllamaAnswers.chunk("Hel"));
	}

	private void assertTimeoutOfCall(ChatModel model) {
		assertEvent("timeout ?", () -> model.call("Hi"), this::isAsked);
	}

	private void assertTimeoutOfStream(Flux<?> stream, String... parts) {
		assertEvent("timeout ?", () -> stream.doOnNext(this.lastReceived::set).blockLast(),
				() -> this.lastReceived.get() != null, parts);
	}

	private boolean isAsked() {
		return scripted.requests() == 1;
	}

	/**
	 * Assert the event of a request whose answer stops coming after some parts. On a busy
	 * machine, the time-out may strike before the request got that far; such an attempt
	 * says nothing, and another one follows.
	 */
	private void assertEvent(String event, ThrowingCallable request, BooleanSupplier gotThatFar, String... parts) {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			reset();
			this.lastReceived.set(null);
			scripted.hangsAfter(parts);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(request);
			servers.awaitEvents(1);
			if (isTrueSoon(gotThatFar)) {
				assertScriptedEvents(event);
				return;
			}
		}
		fail("The time-out struck too early each time");
	}

	private static boolean isTrueSoon(BooleanSupplier condition) {
		try {
			Waiting.await().atMost(Duration.ofSeconds(1)).until(condition::getAsBoolean);
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

}
