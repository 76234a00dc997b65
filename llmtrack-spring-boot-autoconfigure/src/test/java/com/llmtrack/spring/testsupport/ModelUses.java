// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.Model;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uses many models at once, each under a feature of its own, which identifies its events.
 */
public final class ModelUses {

	public static final String CALL = "success 3/2/5";

	public static final String STREAM = "success 7/5/12";

	private ModelUses() {
	}

	/**
	 * Have all providers answer a call and a stream differently.
	 */
	public static void prepare(StubServers servers) {
		servers.reset();
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 7, 5));
		servers.anthropic()
			.answersAndStreams(AnthropicAnswers.text("Hello", 3, 2), AnthropicAnswers.textStream("Hello", 7, 5));
		servers.ollama().answersAndStreams(OllamaAnswers.text("Hello", 3, 2), OllamaAnswers.textStream("Hello", 7, 5));
	}

	/**
	 * Call and stream each model, and assert that each gives one event for either.
	 */
	public static List<JsonNode> assertOneEventPerRequest(StubServers servers, Map<String, ?> models) {
		List<CompletableFuture<String>> answers = new ArrayList<>();
		models.forEach((way, model) -> {
			answers.add(Mono.fromCallable(() -> call(way, model)).subscribeOn(Schedulers.boundedElastic()).toFuture());
			answers.add(stream(way, model));
		});
		assertThat(answers).extracting(CompletableFuture::join).containsOnly("Hello");
		List<JsonNode> events = servers.awaitEvents(answers.size());
		assertThat(servers.requests()).isEqualTo(answers.size());
		Map<String, List<String>> byWay = events.stream()
			.collect(Collectors.groupingBy((event) -> event.at("/metadata/feature").asString(),
					Collectors.mapping(EventAssertions::describe, Collectors.toList())));
		assertThat(byWay).hasSize(models.size())
			.allSatisfy((way, described) -> assertThat(described).as(way).containsExactlyInAnyOrder(CALL, STREAM));
		return events;
	}

	@SuppressWarnings("unchecked")
	private static String call(String way, Object model) {
		try (LlmContextScope scope = LlmContext.feature(way).open()) {
			return ((Model<Prompt, ChatResponse>) model).call(new Prompt("Hi")).getResult().getOutput().getText();
		}
	}

	private static CompletableFuture<String> stream(String way, Object model) {
		try (LlmContextScope scope = LlmContext.feature(way).open()) {
			return ((StreamingChatModel) model).stream(new Prompt("Hi"))
				.mapNotNull((response) -> (response.getResult() != null) ? response.getResult().getOutput().getText()
						: null)
				.collect(Collectors.joining())
				.toFuture();
		}
	}

}
