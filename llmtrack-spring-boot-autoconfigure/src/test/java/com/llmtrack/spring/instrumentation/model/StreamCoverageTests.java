// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each subscription to a stream gives one event, however it ends.
 */
class StreamCoverageTests extends AbstractProviderTests {

	@Test
	void completedStreamGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		openAiStream().blockLast();
		assertEvents("success 3/2/5");
	}

	@Test
	void streamThatFailsAtItsStartGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		assertFails(openAiStream());
		assertEvents("error ?");
	}

	@Test
	void streamThatIsAnsweredBySomethingElseIsNoSuccess() {
		ResponseDefinitionBuilder page = WireMock.ok("<html><body>Sign in</body></html>")
			.withHeader("Content-Type", "text/html");
		ResponseDefinitionBuilder error = WireMock.okJson("{\"error\":{\"message\":\"overloaded\"}}");
		servers.openAi().answers(page, error);
		servers.anthropic().answers(page, error);
		servers.ollama().answers(page, error);
		for (ChatModel model : List.of(this.openAi, this.openAi, this.anthropic, this.anthropic, this.ollama,
				this.ollama)) {
			model.stream(new Prompt("Hi")).onErrorComplete().blockLast();
		}
		assertEvents("error ?", "error ?", "error ?", "error ?", "error ?", "error ?");
	}

	@Test
	void streamThatTheServerFailsToAnswerGivesOneEvent() {
		scripted.breaksOffAfter();
		assertFails(this.scriptedOpenAi.stream(new Prompt("Hi")));
		assertScriptedEvents("error ?");
	}

	@Test
	void streamOfAServerThatIsNotThereGivesOneEvent() {
		assertFails(this.unreachableOpenAi.stream(new Prompt("Hi")));
		assertThatOneEventIs("error ?");
		reset();
		assertFails(this.unreachableOllama.stream(new Prompt("Hi")));
		assertThatOneEventIs("error ?");
	}

	@Test
	void streamWhoseConnectionIsResetGivesOneEvent() {
		servers.ollama().answers(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertFails(this.ollama.stream(new Prompt("Hi")));
		assertThatOneEventIs("error ?");
	}

	@Test
	void streamThatIsMalformedGivesOneEvent() {
		servers.ollama().answers(WireMock.aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
		assertFails(this.ollama.stream(new Prompt("Hi")));
		assertEvents("error ?");
	}

	@Test
	void streamOfOpenAiThatFailsMidwayGivesOneEvent() {
		scripted.breaksOffAfter(OpenAiAnswers.chunk("Hel"), OpenAiAnswers.chunk("lo"));
		assertFails(this.scriptedOpenAi.stream(new Prompt("Hi")));
		assertScriptedEvents("error ?");
	}

	@Test
	void streamOfAnthropicThatFailsMidwayGivesOneEvent() {
		scripted.breaksOffAfter(AnthropicAnswers.start(3), AnthropicAnswers.delta("Hel"));
		assertFails(this.scriptedAnthropic.stream(new Prompt("Hi")));
		assertScriptedEvents("error ?");
	}

	@Test
	void streamOfOllamaThatFailsMidwayGivesOneEvent() {
		scripted.breaksOffAfter(OllamaAnswers.chunk("Hel"));
		assertFails(this.scriptedOllama.stream(new Prompt("Hi")));
		assertScriptedEvents("error ?");
	}

	@Test
	void streamOfOpenAiThatFailsAfterItsUsageKeepsIt() {
		scripted.breaksOffAfter(OpenAiAnswers.chunk("Hello"), OpenAiAnswers.usageChunk(3, 2));
		assertFails(this.scriptedOpenAi.stream(new Prompt("Hi")));
		assertScriptedEvents("error 3/2/5");
	}

	@Test
	void streamOfAnthropicThatFailsAfterItsUsageKeepsIt() {
		scripted.breaksOffAfter(AnthropicAnswers.start(3), AnthropicAnswers.delta("Hello"), AnthropicAnswers.usage(2));
		assertFails(this.scriptedAnthropic.stream(new Prompt("Hi")));
		assertScriptedEvents("error 3/2/5");
	}

	@Test
	void streamOfOllamaThatFailsAfterItsUsageKeepsIt() {
		scripted.breaksOffAfter(OllamaAnswers.chunk("Hello"), OllamaAnswers.last("", 3, 2));
		assertFails(this.scriptedOllama.stream(new Prompt("Hi")));
		assertScriptedEvents("error 3/2/5");
	}

	@Test
	void streamThatTheSubscriberCancelsGivesOneEvent() throws InterruptedException {
		for (ChatModel model : new ChatModel[] { this.scriptedOpenAi, this.scriptedAnthropic, this.scriptedOllama }) {
			reset();
			scripted.hangsAfter(firstChunk(model));
			CountDownLatch received = new CountDownLatch(1);
			Disposable subscription = model.stream(promptToCancel(model)).subscribe((response) -> received.countDown());
			received.await();
			subscription.dispose();
			subscription.dispose();
			assertScriptedEvents("cancelled ?");
		}
	}

	private String firstChunk(ChatModel model) {
		if (model == this.scriptedOpenAi) {
			return OpenAiAnswers.chunk("Hel");
		}
		return (model == this.scriptedOllama) ? OllamaAnswers.chunk("Hel")
				: AnthropicAnswers.start(3) + AnthropicAnswers.delta("Hel");
	}

	@Test
	void streamThatIsCancelledAfterItsUsageKeepsIt() {
		scripted.hangsAfter(OpenAiAnswers.chunkWithUsage("Hel", 3, 1), OpenAiAnswers.chunkWithUsage("lo", 3, 2));
		this.scriptedOpenAi.stream(promptToCancel(this.scriptedOpenAi)).take(2).blockLast();
		assertScriptedEvents("cancelled 3/2/5");
	}

	@Test
	void streamOfWhichOnlyPartIsTakenIsCancelled() {
		servers.openAi()
			.answers(OpenAiAnswers.stream(OpenAiAnswers.chunk("Hel"), OpenAiAnswers.chunk("lo"),
					OpenAiAnswers.usageChunk(3, 2), OpenAiAnswers.DONE));
		openAiStream().take(2).blockLast();
		assertEvents("cancelled ?");
	}

	@Test
	void eachOfTwoSubscriptionsGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hel", 3, 2), OpenAiAnswers.textStream("Hello", 3, 4));
		Flux<ChatResponse> stream = openAiStream();
		stream.blockLast();
		stream.blockLast();
		assertEvents("success 3/2/5", "success 3/4/7");
	}

	@Test
	void sharedStreamGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		Flux<ChatResponse> stream = openAiStream().cache();
		stream.blockLast();
		stream.blockLast();
		assertEvents("success 3/2/5");
	}

	@Test
	void eachAttemptOfAnApplicationGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.failure(400), OpenAiAnswers.textStream("Hello", 3, 2));
		openAiStream().retry(1).blockLast();
		assertEvents("error ?", "success 3/2/5");
	}

	@Test
	void eachRepetitionGivesOneEvent() {
		servers.ollama().answers(OllamaAnswers.textStream("Hello", 3, 2));
		this.ollama.stream(new Prompt("Hi")).repeat(2).blockLast();
		assertEvents("success 3/2/5", "success 3/2/5", "success 3/2/5");
	}

	@Test
	void streamThatEndsTooEarlyHasUnknownTokens() {
		servers.openAi().answers(OpenAiAnswers.stream(OpenAiAnswers.chunk("Hel")));
		openAiStream().blockLast();
		assertEvents("success ?");
	}

	@Test
	void streamWithoutUsageHasUnknownTokens() {
		servers.openAi()
			.answers(OpenAiAnswers.stream(OpenAiAnswers.chunk("Hello"), OpenAiAnswers.finishChunk("stop"),
					OpenAiAnswers.DONE));
		openAiStream().blockLast();
		assertEvents("success ?");
	}

	@Test
	void streamWithoutChunksIsNoSuccess() {
		servers.openAi().answers(OpenAiAnswers.stream(OpenAiAnswers.DONE));
		openAiStream().blockLast();
		assertEvents("error ?");
	}

	@Test
	void usageOfSeveralChunksIsNotAddedUp() {
		servers.openAi()
			.answers(OpenAiAnswers.stream(OpenAiAnswers.chunkWithUsage("Hel", 3, 1),
					OpenAiAnswers.chunkWithUsage("lo", 3, 2), OpenAiAnswers.usageChunk(3, 2), OpenAiAnswers.DONE));
		openAiStream().blockLast();
		assertEvents("success 3/2/5");
	}

	@Test
	void streamOfNothingButUsageGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.stream(OpenAiAnswers.usageChunk(3, 2), OpenAiAnswers.DONE));
		openAiStream().blockLast();
		assertEvents("success 3/2/5");
	}

	private Flux<ChatResponse> openAiStream() {
		return this.openAi.stream(new Prompt("Hi", OpenAiChatOptions.builder().model("gpt-4o-mini").build()));
	}

	/**
	 * Whether the connection is tried again, and how often, is up to the client.
	 */
	private static void assertThatOneEventIs(String expected) {
		assertThat(servers.awaitEvents(1)).extracting(EventAssertions::describe).containsExactly(expected);
	}

	private static void assertFails(Flux<?> stream) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(stream::blockLast);
	}

}
