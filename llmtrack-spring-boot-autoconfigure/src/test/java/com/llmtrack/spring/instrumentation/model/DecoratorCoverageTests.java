// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each request gives one event with the provider that received it, however
 * many models pass the call on.
 */
class DecoratorCoverageTests extends AbstractDecoratorTests {

	static Stream<Arguments> ways() {
		return Stream.of(Inner.values())
			.flatMap((inner) -> Stream.of(Hop.values()).map((hop) -> Arguments.of(inner, hop)));
	}

	/**
	 * Return a function that passes calls on.
	 */
	private static Function<Prompt, ChatResponse> to(ChatModel model, Hop hop) {
		return (prompt) -> hop.take(() -> model.call(prompt));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void callGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		for (Shape shape : Shape.values()) {
			assertThat(bean(shape.calling(to(openAi(inner), hop))).call("Hi")).isEqualTo("Hello");
		}
		assertEventsOf("openai", "success 3/2/5", "success 3/2/5", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void failedCallGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		for (Shape shape : Shape.values()) {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> bean(shape.calling(to(openAi(inner), hop))).call(PROMPT));
		}
		assertEventsOf("openai", "error ?", "error ?", "error ?");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void answerInANewEnvelopeGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		bean(Shape.OPEN.calling(to(openAi(inner), hop).andThen(AbstractDecoratorTests::inNewEnvelope))).call(PROMPT);
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void cachedAnswerGivesNoEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		ChatModel cache = bean(Shape.OPEN.calling(cached(to(openAi(inner), hop))));
		ChatModel cacheOfEnvelopes = bean(
				Shape.FINAL.calling(cached(to(openAi(inner), hop)).andThen(AbstractDecoratorTests::inNewEnvelope)));
		for (int i = 0; i < 3; i++) {
			cache.call(PROMPT);
			cacheOfEnvelopes.call(PROMPT);
		}
		assertEventsOf("openai", "success 3/2/5", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void decoratorOfADecoratorAddsNoEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		ChatModel innermost = bean("innermost", Shape.FINAL.calling(to(openAi(inner), hop)));
		ChatModel middle = bean("middle", Shape.LAMBDA.calling(to(innermost, hop)));
		bean("outermost", Shape.OPEN.calling(to(middle, hop))).call(PROMPT);
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void failureThroughTwoDecoratorsGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		ChatModel innermost = bean("innermost", Shape.OPEN.calling(to(openAi(inner), hop)));
		ChatModel outermost = bean("outermost", Shape.OPEN.calling(to(innermost, hop)));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> outermost.call(PROMPT));
		assertEventsOf("openai", "error ?");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void routedCallGivesOneEventOfTheModelThatGotIt(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		ChatModel router = bean(Shape.OPEN
			.calling((prompt) -> to("local".equals(prompt.getContents()) ? ollama(inner) : openAi(inner), hop)
				.apply(prompt)));
		router.call("local");
		assertEventsOf("ollama", "success 23/14/37");
		servers.reset();
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		router.call("remote");
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void fallbackGivesOneEventPerModel(Inner inner, Hop hop) {
		servers.openAi().answers(OpenAiAnswers.failure(500));
		ChatModel fallback = bean(Shape.FINAL.calling((prompt) -> {
			try {
				return to(openAi(inner), hop).apply(prompt);
			}
			catch (RuntimeException ex) {
				return to(ollama(inner), hop).apply(prompt);
			}
		}));
		assertThat(fallback.call("Hi")).isEqualTo("Hello");
		assertThat(assertEvents("error ?", "success 23/14/37")).extracting((event) -> event.get("provider").asString())
			.containsExactlyInAnyOrder("openai", "ollama");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void eachAttemptOfARetryingModelGivesOneEvent(Inner inner, Hop hop) {
		servers.openAi()
			.answers(OpenAiAnswers.failure(500), OpenAiAnswers.failure(503), OpenAiAnswers.text("Hello", 3, 2));
		ChatModel retrying = bean(Shape.OPEN.calling((prompt) -> {
			while (true) {
				try {
					return to(openAi(inner), hop).apply(prompt);
				}
				catch (RuntimeException ex) {
					// Once more
				}
			}
		}));
		assertThat(retrying.call("Hi")).isEqualTo("Hello");
		assertEventsOf("openai", "error ?", "error ?", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void twoModelsThatAreAskedAtOnceGiveTwoEvents(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		ChatModel fastest = bean(Shape.OPEN.calling((prompt) -> {
			CompletableFuture<ChatResponse> first = CompletableFuture.supplyAsync(() -> openAi(inner).call(prompt),
					executor);
			ChatResponse second = ollama(inner).call(prompt);
			first.join();
			return second;
		}));
		fastest.call(PROMPT);
		assertEvents("success 3/2/5", "success 23/14/37");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void answerThatIsMadeAnewOnTheSameThreadGivesOneEvent(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		bean(Shape.OPEN.calling(to(openAi(inner), Hop.SAME_THREAD).andThen(DecoratorCoverageTests::anew))).call(PROMPT);
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void answerThatIsMadeAnewOnAnotherThreadGivesOneEvent(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		bean(Shape.OPEN.calling(to(openAi(inner), Hop.EXECUTOR).andThen(DecoratorCoverageTests::anew))).call(PROMPT);
		assertEventsOf("openai", "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Inner.class)
	void answerThatIsMadeAnewOnAnotherThreadByAnExcludedDecoratorGivesOneEvent(Inner inner) {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		for (Shape shape : Shape.values()) {
			bean("excluded" + shape,
					shape.calling(to(openAi(inner), Hop.EXECUTOR).andThen(DecoratorCoverageTests::anew)))
				.call(PROMPT);
		}
		assertEventsOf("openai", "success 3/2/5", "success 3/2/5", "success 3/2/5");
	}

	private static ChatResponse anew(ChatResponse response) {
		Usage usage = response.getMetadata().getUsage();
		return new ChatResponse(response.getResults(),
				ChatResponseMetadata.builder()
					.usage(new DefaultUsage(usage.getPromptTokens(), usage.getCompletionTokens()))
					.build());
	}

	/**
	 * Which thread a decorator calls a model on, and how the failure comes back.
	 */
	enum Hop {

		SAME_THREAD {

			@Override
			ChatResponse take(Supplier<ChatResponse> call) {
				return call.get();
			}

		},

		EXECUTOR {

			@Override
			ChatResponse take(Supplier<ChatResponse> call) {
				try {
					return executor.submit(call::get).get();
				}
				catch (ExecutionException ex) {
					throw new IllegalStateException(ex);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw new IllegalStateException(ex);
				}
			}

		},

		COMPLETABLE_FUTURE {

			@Override
			ChatResponse take(Supplier<ChatResponse> call) {
				return CompletableFuture.supplyAsync(call, executor).join();
			}

		};

		abstract ChatResponse take(Supplier<ChatResponse> call);

	}

}
