// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests to OpenAI, each of which has a number of prompt tokens of its own.
 */
final class NumberedRequests {

	private static final int FIRST = 101;

	private final StubServers servers;

	NumberedRequests(StubServers servers) {
		this.servers = servers;
		servers.openAi()
			.answers(IntStream.range(FIRST, FIRST + 30)
				.mapToObj((tokens) -> OpenAiAnswers.text("Hello", tokens, 1))
				.toArray(ResponseDefinitionBuilder[]::new));
	}

	/**
	 * Return a model of Spring AI's that nothing observes.
	 */
	OpenAiChatModel model() {
		return model(ObservationRegistry.NOOP);
	}

	OpenAiChatModel model(ObservationRegistry observations) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(this.servers.openAiUrl())
				.apiKey("openai-key")
				.model("gpt-4o-mini")
				.maxRetries(0)
				.build())
			.observationRegistry(observations)
			.build();
	}

	/**
	 * Run an application, and assert that each of its requests gave one event.
	 */
	void run(ApplicationContextRunner runner, Consumer<AssertableApplicationContext> requests,
			List<LlmUsageEvent> events, int expected) {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			requests.accept(context);
			assertEvents(events, expected);
		});
	}

	/**
	 * Assert that each request gave one event, and that there were as many as expected.
	 */
	void assertEvents(List<LlmUsageEvent> events, int expected) {
		assertThat(this.servers.openAiRequests()).isEqualTo(expected);
		// Observations of streams may stop later
		Waiting.await().untilAsserted(() -> assertThat(events).hasSizeGreaterThanOrEqualTo(expected));
		assertThat(events).extracting((event) -> event.tokens().prompt())
			.containsExactlyInAnyOrderElementsOf(
					IntStream.range(FIRST, FIRST + expected).mapToObj(Long::valueOf).toList());
	}

	/**
	 * A bean that has a model injected by interface.
	 */
	static class Injected {

		final ChatModel model;

		Injected(ChatModel model) {
			this.model = model;
		}

	}

}
