// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests many features at once on few threads. Each request names its model after its
 * feature, so every event shows which feature it must have.
 */
@Tag("slow")
class FeatureStressTests extends AbstractFeatureTests {

	private static final int FEATURES = 50;

	private static final int WAYS = 10;

	private static final int ROUNDS = 2;

	@Test
	void everyEventHasTheFeatureThatItWasAskedFor() throws Exception {
		servers.openAi()
			.answersAndStreams(echo(OpenAiAnswers.text("Hello", 3, 2)), echo(OpenAiAnswers.textStream("Hello", 3, 2)));
		ExecutorService threads = Executors.newFixedThreadPool(4);
		Scheduler scheduler = Schedulers.newParallel("stress", 2);
		List<CompletableFuture<?>> requests = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			for (int way = 0; way < WAYS; way++) {
				for (int number = 0; number < FEATURES; number++) {
					String feature = "feature-" + number;
					int chosen = way;
					requests.add((way < WAYS / 2) ? CompletableFuture.runAsync(() -> block(chosen, feature), threads)
							: subscribe(chosen, feature, scheduler));
				}
			}
		}
		CompletableFuture.allOf(requests.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
		List<JsonNode> events = servers.awaitEvents(FEATURES * WAYS * ROUNDS);
		assertThat(events).allSatisfy((event) -> assertThat(event.at("/metadata/feature").asString(NONE))
			.isEqualTo(event.get("model").asString()));
		for (int i = 0; i < 20; i++) {
			assertThat(threads.submit(() -> LlmContext.current().feature()).get()).isNull();
			assertThat(Mono.fromCallable(() -> String.valueOf(LlmContext.current().feature()))
				.subscribeOn((i % 2 == 0) ? scheduler : Schedulers.boundedElastic())
				.block()).isEqualTo("null");
		}
		threads.shutdown();
		scheduler.dispose();
	}

	private static ResponseDefinitionBuilder echo(ResponseDefinitionBuilder answer) {
		String body = answer.build().getBody().replace(OpenAiAnswers.MODEL, "{{jsonPath request.body '$.model'}}");
		return answer.withBody(body).withTransformers("response-template");
	}

	/**
	 * Ask on the current thread, and find it as it was afterwards.
	 */
	private void block(int way, String feature) {
		LlmContext.feature(feature).run(() -> {
			switch (way) {
				case 0 -> request(this.questions.client, feature).call().content();
				case 1 -> request(this.questions.advisedClient, feature).stream().content().blockLast();
				case 2 -> remembering(feature).stream().content().blockLast();
				case 3 -> this.questions.model.call(prompt(feature));
				default -> this.questions.model.stream(prompt(feature)).blockLast();
			}
			assertThat(LlmContext.current().feature()).isEqualTo(feature);
		});
		assertThat(LlmContext.current().feature()).isNull();
	}

	private CompletableFuture<?> subscribe(int way, String feature, Scheduler scheduler) {
		if (way == 9) {
			// The feature of the thread that subscribes
			return LlmContext.feature(feature).call(() -> remembering(feature).stream().content().last().toFuture());
		}
		Flux<?> stream = switch (way) {
			case 5 -> request(this.questions.client, feature).stream().content();
			case 6 -> remembering(feature).stream().content();
			case 7 -> request(this.questions.advisedClient, feature).stream().content();
			default -> this.questions.model.stream(prompt(feature));
		};
		return stream.subscribeOn(scheduler)
			.publishOn(scheduler)
			.contextWrite(LlmContext.feature(feature)::writeTo)
			.collectList()
			.toFuture();
	}

	private ChatClient.ChatClientRequestSpec remembering(String feature) {
		return request(this.questions.rememberingClient, feature)
			.advisors((advisors) -> advisors.param("chat_memory_conversation_id", feature));
	}

	private static ChatClient.ChatClientRequestSpec request(ChatClient client, String feature) {
		return client.prompt("Hi").options(OpenAiChatOptions.builder().model(feature));
	}

	private static Prompt prompt(String feature) {
		return new Prompt("Hi", OpenAiChatOptions.builder().model(feature).build());
	}

}
