// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a model of the application that asks both another model and a service of its
 * own gives one event for each, and one that only asks another model gives none, whatever
 * it makes of the answer. OpenAI is the other model, and Ollama the service.
 */
class OwnRequestCoverageTests extends AbstractDecoratorTests {

	private static final String BEANS = "success 3/2/5";

	private static final String OWN = "success 101/7/108";

	@BeforeEach
	void answers() {
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
		servers.ollama().answers(OllamaAnswers.text("Hello", 101, 7));
	}

	static Stream<Arguments> ways() {
		return Stream.of(Inner.values())
			.flatMap((inner) -> Stream.of(Asking.values()).map((asking) -> Arguments.of(inner, asking)));
	}

	private static Prompt guarding(Prompt prompt) {
		return new Prompt("Is this harmless? " + prompt.getContents());
	}

	/**
	 * Ask a service that no model of Spring AI knows.
	 */
	private static ChatResponse askOwnService(Prompt prompt) {
		Map<String, Object> answer = RestClient.create(servers.providersUrl())
			.post()
			.uri("/api/chat")
			.body(Map.of("question", prompt.getContents()))
			.retrieve()
			.body(new ParameterizedTypeReference<>() {
			});
		assertThat(answer).isNotNull();
		return answer(new DefaultUsage((Integer) answer.get("prompt_eval_count"), (Integer) answer.get("eval_count")));
	}

	private static ChatResponse answer(Usage usage) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
				ChatResponseMetadata.builder().usage(usage).build());
	}

	@ParameterizedTest
	@MethodSource("ways")
	void modelThatAsksABeanAndThenItsOwnServiceGivesTwoEvents(Inner inner, Asking asking) {
		for (Shape shape : Shape.values()) {
			bean(shape.calling((prompt) -> {
				asking.ask(openAi(inner), guarding(prompt));
				return askOwnService(prompt);
			})).call(PROMPT);
		}
		assertEvents(BEANS, OWN, BEANS, OWN, BEANS, OWN);
	}

	@ParameterizedTest
	@MethodSource("ways")
	void modelThatAsksItsOwnServiceAndThenABeanGivesTwoEvents(Inner inner, Asking asking) {
		bean(Shape.OPEN.calling((prompt) -> {
			ChatResponse answer = askOwnService(prompt);
			asking.ask(openAi(inner), guarding(prompt));
			return answer;
		})).call(PROMPT);
		assertEvents(BEANS, OWN);
	}

	@ParameterizedTest
	@MethodSource("ways")
	void serviceOfItsOwnAsAFallbackGivesTwoEvents(Inner inner, Asking asking) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		bean(Shape.OPEN.calling((prompt) -> {
			try {
				return asking.ask(openAi(inner), prompt);
			}
			catch (RuntimeException ex) {
				return askOwnService(prompt);
			}
		})).call(PROMPT);
		assertEvents("error ?", OWN);
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void streamOfAServiceOfItsOwnAfterAGuardGivesTwoEvents(Inner inner) {
		for (Blocking blocking : Blocking.values()) {
			bean(Shape.OPEN.streaming((prompt) -> blocking.stream(() -> openAi(inner).call(guarding(prompt)))
				.thenMany(Mono.fromCallable(() -> askOwnService(prompt)).flux()))).stream(PROMPT).blockLast();
		}
		assertEvents(BEANS, OWN, BEANS, OWN, BEANS, OWN, BEANS, OWN);
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void streamOfAServiceOfItsOwnAsAFallbackGivesTwoEvents(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		bean(Shape.FINAL.streaming((prompt) -> openAi(inner).stream(prompt)
			.onErrorResume((failure) -> Mono.fromCallable(() -> askOwnService(prompt)).flux()))).stream(PROMPT)
			.blockLast();
		assertEvents("error ?", OWN);
	}

	@Test
	void decoratorThatGivesUpFirstGivesTheEventOfTheModelWithTheFeature() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2).withFixedDelay(700));
		ChatModel impatient = bean(Shape.OPEN.calling((prompt) -> {
			try {
				return CompletableFuture.supplyAsync(() -> openAi(Inner.BY_INTERFACE).call(prompt), executor)
					.get(100, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				throw new IllegalStateException("Too slow");
			}
			catch (ExecutionException | InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> LlmContext.feature("impatience").call(() -> impatient.call(PROMPT)));
		assertThat(assertEvents(BEANS).get(0).at("/metadata/feature").asString()).isEqualTo("impatience");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void streamThatIsAggregatedOnAnotherThreadGivesOneEvent(Inner inner) {
		ChatModel aggregating = bean(Shape.OPEN.calling((prompt) -> {
			AtomicReference<ChatResponse> aggregated = new AtomicReference<>();
			new MessageAggregator()
				.aggregate(openAi(inner).stream(prompt).subscribeOn(Schedulers.boundedElastic()), aggregated::set)
				.blockLast();
			return aggregated.get();
		}));
		LlmContext.feature("aggregation").run(() -> aggregating.call(PROMPT));
		assertThat(assertEvents(BEANS).get(0).at("/metadata/feature").asString("none"))
			.isEqualTo((inner == Inner.BY_INTERFACE) ? "aggregation" : "none");
	}

	@ParameterizedTest
	@EnumSource(Asking.class)
	void answerMadeAnewLacksTheDetailsOfWhichTheEventHasBetterCounts(Asking asking) {
		// Reasoning that is counted beside the completion
		String usage = """
				{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,\
				"completion_tokens_details":{"reasoning_tokens":40}}""";
		servers.openAi()
			.answersAndStreams(OpenAiAnswers.text("Hello", usage), OpenAiAnswers.stream(OpenAiAnswers.chunk("Hello"),
					OpenAiAnswers.usageChunk(usage), OpenAiAnswers.DONE));
		bean(Shape.OPEN.calling((prompt) -> {
			Usage reported = asking.ask(openAi(Inner.BY_INTERFACE), prompt).getMetadata().getUsage();
			return answer(new DefaultUsage(reported.getPromptTokens(), reported.getCompletionTokens()));
		})).call(PROMPT);
		assertEvents("success 3/42/45");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void sumOfTheUsagesOfTwoModelsGivesTwoEvents(Inner inner, Asking asking) {
		bean(Shape.OPEN.calling((prompt) -> {
			Usage first = asking.ask(openAi(inner), prompt).getMetadata().getUsage();
			Usage second = asking.ask(ollama(inner), prompt).getMetadata().getUsage();
			return answer(new DefaultUsage(first.getPromptTokens() + second.getPromptTokens(),
					first.getCompletionTokens() + second.getCompletionTokens()));
		})).call(PROMPT);
		assertEvents(BEANS, OWN);
	}

	@Test
	void twoModelsThatReturnOneConstantGiveTwoEvents() {
		ChatResponse constant = answer(new DefaultUsage(11, 4));
		ChatModel first = bean("first", Shape.OPEN.calling((prompt) -> constant));
		ChatModel second = bean("second", Shape.FINAL.calling((prompt) -> constant));
		first.call(PROMPT);
		second.call(PROMPT);
		assertThat(servers.awaitEvents(2)).extracting((event) -> event.get("prompt_tokens").asInt())
			.containsExactly(11, 11);
	}

	@Test
	void streamWithAnotherPromptThatIsAggregatedOnAnotherThreadGivesOneEvent() {
		ChatModel aggregating = bean(Shape.OPEN.calling((prompt) -> {
			AtomicReference<ChatResponse> aggregated = new AtomicReference<>();
			Flux<ChatResponse> stream = openAi(Inner.BY_INTERFACE).stream(guarding(prompt));
			new MessageAggregator().aggregate(stream.subscribeOn(Schedulers.boundedElastic()), aggregated::set)
				.blockLast();
			return aggregated.get();
		}));
		LlmContext.feature("aggregation").run(() -> aggregating.call(PROMPT));
		assertThat(assertEvents(BEANS).get(0).at("/metadata/feature").asString("none")).isEqualTo("aggregation");
	}

	/**
	 * Nothing tells it from two models that somebody asks the same at the same time.
	 */
	@Test
	void answerWithoutUsageThatIsMadeOnAnotherThreadCountsOnceTooOften() {
		bean(Shape.OPEN.calling((prompt) -> {
			ChatResponse answer = Asking.ON_ANOTHER_THREAD.ask(openAi(Inner.BY_INTERFACE), prompt);
			return new ChatResponse(answer.getResults());
		})).call(PROMPT);
		assertThat(servers.awaitEvents(2)).extracting((event) -> event.get("provider").asString())
			.containsExactlyInAnyOrder("openai", "unknown");
	}

	@Test
	void twoModelsThatAreAskedTheSameAtOnceGiveTwoEvents() {
		ChatModel own = bean(Shape.OPEN.calling((prompt) -> {
			CompletableFuture.runAsync(() -> openAi(Inner.BY_INTERFACE).call(PROMPT), executor).join();
			return askOwnService(prompt);
		}));
		own.call(PROMPT);
		assertEvents(BEANS, OWN);
	}

	/**
	 * The limits of the rule: its own service that fails before another model answers, or
	 * that counts no tokens, can't be told from a model that only asked the other one.
	 */
	@ParameterizedTest
	@EnumSource(Inner.class)
	void requestToAServiceOfItsOwnThatNothingTellsOfGivesNoEvent(Inner inner) {
		bean("failing", Shape.OPEN.calling((prompt) -> {
			try {
				throw new IllegalStateException("The service is down");
			}
			catch (IllegalStateException ex) {
				return openAi(inner).call(prompt);
			}
		})).call(PROMPT);
		bean("uncounted", Shape.OPEN.calling((prompt) -> {
			openAi(inner).call(guarding(prompt));
			return new ChatResponse(askOwnService(prompt).getResults());
		})).call(PROMPT);
		assertThat(servers.awaitEvents(2))
			.allSatisfy((event) -> assertThat(event.get("provider").asString()).isEqualTo("openai"));
	}

	/**
	 * Which thread a model is asked on, and how.
	 */
	enum Asking {

		DIRECTLY {
			@Override
			ChatResponse ask(ChatModel model, Prompt prompt) {
				return model.call(prompt);
			}
		},

		ON_ANOTHER_THREAD {
			@Override
			ChatResponse ask(ChatModel model, Prompt prompt) {
				return CompletableFuture.supplyAsync(() -> model.call(prompt), executor).join();
			}
		},

		BY_STREAM {
			@Override
			ChatResponse ask(ChatModel model, Prompt prompt) {
				AtomicReference<ChatResponse> answer = new AtomicReference<>();
				new MessageAggregator().aggregate(model.stream(prompt), answer::set).blockLast();
				return answer.get();
			}
		};

		abstract ChatResponse ask(ChatModel model, Prompt prompt);

	}

}
