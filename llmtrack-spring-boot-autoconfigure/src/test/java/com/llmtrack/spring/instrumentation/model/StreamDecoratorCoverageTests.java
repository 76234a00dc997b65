// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each stream gives one event with the provider that received it, however many
 * models pass the stream on.
 */
class StreamDecoratorCoverageTests extends AbstractDecoratorTests {

	static Stream<Arguments> ways() {
		return Stream.of(Inner.values())
			.flatMap((inner) -> Stream.of(Hop.values())
				.filter((hop) -> inner == Inner.BY_INTERFACE || hop != Hop.SUBSCRIBE_ON)
				.map((hop) -> Arguments.of(inner, hop)));
	}

	static Stream<Arguments> blockingWays() {
		return Stream.of(Inner.values())
			.flatMap((inner) -> Stream.of(Blocking.values()).map((blocking) -> Arguments.of(inner, blocking)));
	}

	private static Function<Prompt, Flux<ChatResponse>> to(ChatModel model, Hop hop) {
		return (prompt) -> hop.take(model.stream(prompt));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void streamGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		for (Shape shape : List.of(Shape.OPEN, Shape.FINAL)) {
			ChatModel model = bean(shape.streaming(to(openAi(inner), hop)));
			assertThat(model.stream("Hi").collectList().block()).contains("Hello");
		}
		assertEventsOf("openai", "success 3/2/5", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void failedStreamGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		for (Shape shape : List.of(Shape.OPEN, Shape.FINAL)) {
			ChatModel model = bean(shape.streaming(to(openAi(inner), hop)));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.stream(PROMPT).blockLast());
		}
		assertEventsOf("openai", "error ?", "error ?");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void cancelledStreamGivesOneEvent(Inner inner, Hop hop) {
		if (hop == Hop.CACHED || hop == Hop.PUBLISH_ON) {
			// May have been read to its end by then
			return;
		}
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		bean(Shape.OPEN.streaming(to(openAi(inner), hop))).stream(PROMPT).take(1).blockLast();
		assertEventsOf("openai", "cancelled ?");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void chunksInNewEnvelopesGiveOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		bean(Shape.OPEN
			.streaming(to(openAi(inner), hop).andThen((chunks) -> chunks.map(AbstractDecoratorTests::inNewEnvelope))))
			.stream(PROMPT)
			.blockLast();
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void decoratorOfADecoratorAddsNoEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		ChatModel innermost = bean("innermost", Shape.FINAL.streaming(to(openAi(inner), hop)));
		bean("outermost", Shape.OPEN.streaming(to(innermost, hop))).stream(PROMPT).blockLast();
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void streamThatIsReplayedGivesNoEvent(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		ChatModel cache = bean(Shape.OPEN.streaming(cached(to(openAi(inner), Hop.CACHED))));
		for (int i = 0; i < 3; i++) {
			assertThat(cache.stream("Hi").collectList().block()).contains("Hello");
		}
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void chunksThatAreReplayedGiveNoEvent(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		ConcurrentHashMap<Prompt, List<ChatResponse>> chunks = new ConcurrentHashMap<>();
		ChatModel cache = bean(Shape.OPEN.streaming((prompt) -> {
			List<ChatResponse> known = chunks.get(prompt);
			return (known != null) ? Flux.fromIterable(known)
					: openAi(inner).stream(prompt)
						.collectList()
						.doOnNext((list) -> chunks.put(prompt, list))
						.flatMapIterable((list) -> list);
		}));
		for (int i = 0; i < 3; i++) {
			cache.stream(PROMPT).blockLast();
		}
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void callsThatAreReplayedAsStreamsGiveNoEvent(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		Function<Prompt, ChatResponse> calls = cached(openAi(inner)::call);
		ChatModel cache = bean(Shape.OPEN.of(calls, (prompt) -> Flux.just(calls.apply(prompt))));
		cache.stream(PROMPT).blockLast();
		cache.call(PROMPT);
		cache.stream(PROMPT).blockLast();
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void fallbackGivesOneEventPerModel(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		servers.ollama().answers(OllamaAnswers.textStream("Hello", 23, 14));
		ChatModel fallback = bean(Shape.FINAL.streaming((prompt) -> to(openAi(inner), hop).apply(prompt)
			.onErrorResume((failure) -> to(ollama(inner), hop).apply(prompt))));
		assertThat(fallback.stream("Hi").collectList().block()).contains("Hello");
		assertThat(assertEvents("error ?", "success 23/14/37")).extracting((event) -> event.get("provider").asString())
			.containsExactlyInAnyOrder("openai", "ollama");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void eachAttemptOfARetryingModelGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi()
			.answers(OpenAiAnswers.failure(500), OpenAiAnswers.failure(503), OpenAiAnswers.textStream("Hello", 3, 2));
		ChatModel retrying = bean(
				Shape.OPEN.streaming((prompt) -> Flux.defer(() -> to(openAi(inner), hop).apply(prompt)).retry(5)));
		assertThat(retrying.stream("Hi").collectList().block()).contains("Hello");
		assertEventsOf("openai", "error ?", "error ?", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("blockingWays")
	void streamMadeFromABlockingCallGivesOneEvent(Inner inner, Blocking blocking) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		for (Shape shape : List.of(Shape.OPEN, Shape.FINAL)) {
			bean(shape.streaming((prompt) -> blocking.stream(() -> openAi(inner).call(prompt)))).stream(PROMPT)
				.blockLast();
		}
		assertEventsOf("openai", "success 3/2/5", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("blockingWays")
	void failedStreamMadeFromABlockingCallGivesOneEvent(Inner inner, Blocking blocking) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		ChatModel model = bean(Shape.OPEN.streaming((prompt) -> blocking.stream(() -> openAi(inner).call(prompt))));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.stream(PROMPT).blockLast());
		assertEventsOf("openai", "error ?");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void blockingCallMadeFromAStreamGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		bean(Shape.OPEN.calling((prompt) -> to(openAi(inner), hop).apply(prompt).blockLast())).call(PROMPT);
		assertEventsOf("openai", "success 3/2/5");
	}

	@Test
	void streamOfAModelInjectedByClassOnAnotherThreadGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		bean(Shape.OPEN.streaming(to(openAi(Inner.BY_CLASS), Hop.SUBSCRIBE_ON))).stream(PROMPT).blockLast();
		assertEventsOf("openai", "success 3/2/5");
	}

	@Test
	void cancelledStreamOfAModelInjectedByClassOnAnotherThreadGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		bean(Shape.OPEN.streaming(to(openAi(Inner.BY_CLASS), Hop.SUBSCRIBE_ON))).stream(PROMPT).take(1).blockLast();
		assertEventsOf("openai", "cancelled ?");
	}

	@Test
	void failedStreamOfAModelInjectedByClassOnAnotherThreadGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		ChatModel model = bean(Shape.OPEN.streaming(to(openAi(Inner.BY_CLASS), Hop.SUBSCRIBE_ON)));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.stream(PROMPT).blockLast());
		assertEventsOf("openai", "error ?");
	}

	@Test
	void streamOfAModelInjectedByClassOnAnotherThreadByAnExcludedDecoratorGivesOneEvent() {
		ChatModel model = bean("excluded", Shape.OPEN.streaming(to(openAi(Inner.BY_CLASS), Hop.SUBSCRIBE_ON)));
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		model.stream(PROMPT).blockLast();
		model.stream(PROMPT).take(1).blockLast();
		servers.openAi().answers(OpenAiAnswers.failure(500));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.stream(PROMPT).blockLast());
		assertEventsOf("openai", "success 3/2/5", "cancelled ?", "error ?");
	}

	/**
	 * Where a decorator subscribes to the stream of a model.
	 */
	enum Hop {

		SAME_THREAD {

			@Override
			Flux<ChatResponse> take(Flux<ChatResponse> stream) {
				return stream;
			}

		},

		SUBSCRIBE_ON {

			@Override
			Flux<ChatResponse> take(Flux<ChatResponse> stream) {
				return stream.subscribeOn(Schedulers.boundedElastic());
			}

		},

		PUBLISH_ON {

			@Override
			Flux<ChatResponse> take(Flux<ChatResponse> stream) {
				return stream.publishOn(Schedulers.parallel());
			}

		},

		CACHED {

			@Override
			Flux<ChatResponse> take(Flux<ChatResponse> stream) {
				return stream.cache();
			}

		};

		abstract Flux<ChatResponse> take(Flux<ChatResponse> stream);

	}

}
