// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmUsageEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which calls pass their requests on, for {@link LinkedCalls} and
 * {@link OpenCalls}.
 */
class LinkedCallsTests {

	private static final Object SPRING_AI = OllamaChatModel.builder().ollamaApi(OllamaApi.builder().build()).build();

	private static final ChatModel OWN = (prompt) -> null;

	private final List<LlmUsageEvent> events = new ArrayList<>();

	private final ModelCalls calls = new ModelCalls(TestBeans.of(this.events::add));

	@BeforeEach
	void open() {
		this.calls.open();
	}

	private ModelCall begin(Object model, Prompt prompt) {
		return this.calls.begin(CalledModel.proxied("model" + System.identityHashCode(model), model), prompt);
	}

	private static ChatResponse answer(int prompt, int completion, int total) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
				ChatResponseMetadata.builder().usage(new DefaultUsage(prompt, completion, total)).build());
	}

	private static List<OuterCall> around(OpenCalls open, Prompt prompt) {
		return List.copyOf(open.around(CalledModel.proxied("other", SPRING_AI), prompt, null, null).calls());
	}

	private static void succeed(ModelCall call, ChatResponse... chunks) {
		for (ChatResponse chunk : chunks) {
			call.observe(chunk);
		}
		call.succeed();
	}

	@ParameterizedTest
	@CsvSource({ "3, 2, 5, passed on", "3, 0, 3, own", "0, 0, 0, passed on", "4, 2, 6, own", "3, 3, 6, own",
			"3, 1, 5, passed on", "2, 2, 5, own", "0, 2, 2, passed on", "0, 0, 5, passed on", "0, 0, 4, own" })
	void usageTellsWhetherACallPassedItsRequestOn(int prompt, int completion, int total, String result) {
		ModelCall outer = begin(OWN, new Prompt("Hi"));
		try (CallScope scope = outer.enter()) {
			succeed(begin(SPRING_AI, new Prompt("Hi")), answer(3, 2, 5));
		}
		succeed(outer, answer(prompt, completion, total));
		assertThat(this.events).hasSize("own".equals(result) ? 2 : 1);
	}

	@ParameterizedTest
	@CsvSource({ "10, 7, 17, passed on", "7, 5, 12, passed on", "3, 2, 5, passed on", "7, 2, 9, own" })
	void usageMayBeTheSumOfSeveral(int prompt, int completion, int total, String result) {
		ModelCall outer = begin(OWN, new Prompt("Hi"));
		try (CallScope scope = outer.enter()) {
			succeed(begin(SPRING_AI, new Prompt("Hi")), answer(3, 2, 5));
			begin(SPRING_AI, new Prompt("Hi")).fail(new IllegalStateException());
			succeed(begin(SPRING_AI, new Prompt("Hi")), answer(7, 5, 12));
		}
		succeed(outer, answer(prompt, completion, total));
		assertThat(this.events).hasSize("own".equals(result) ? 4 : 3);
	}

	@Test
	void streamMadeOfTwoHasTheLargestCountsOfBoth() {
		ModelCall outer = begin(OWN, new Prompt("Hi"));
		try (CallScope scope = outer.enter()) {
			succeed(begin(SPRING_AI, new Prompt("Hi")), answer(9, 1, 10));
			succeed(begin(SPRING_AI, new Prompt("Hi")), answer(3, 5, 8));
		}
		succeed(outer, answer(9, 1, 10), answer(3, 5, 8));
		assertThat(this.events).hasSize(2);
	}

	@Test
	void streamThatWasNotReadToItsEndMayKnowLess() {
		ModelCall outer = begin(OWN, new Prompt("Hi"));
		ModelCall inner;
		try (CallScope scope = outer.enter()) {
			inner = begin(SPRING_AI, new Prompt("Hi"));
		}
		inner.observe(answer(3, 1, 4));
		outer.observe(answer(3, 1, 4));
		succeed(inner, answer(3, 9, 12));
		outer.cancel();
		assertThat(this.events).hasSize(1);
	}

	@Test
	void embeddingAnswersNoPrompt() {
		ModelCall outer = begin(OWN, new Prompt("Hi"));
		try (CallScope scope = outer.enter()) {
			this.calls.begin(CalledModel.proxied("embeddings", new Object()), new EmbeddingRequest(List.of("Hi"), null))
				.succeed();
		}
		outer.succeed();
		assertThat(this.events).hasSize(2);
	}

	@Test
	void callsOfOneModelWithTheSamePromptAtTheSameTimeAreNotLinked() {
		Prompt prompt = new Prompt("Hi");
		ModelCall first = begin(OWN, prompt);
		ModelCall second = begin(OWN, prompt);
		first.fail(new IllegalStateException());
		second.fail(new IllegalStateException());
		assertThat(this.events).hasSize(2);
	}

	@Test
	void callsOfTwoModelsWithTheSamePromptAtTheSameTimeAreBothCounted() {
		Prompt prompt = new Prompt("Hi");
		ModelCall own = begin(OWN, prompt);
		succeed(begin(SPRING_AI, prompt), answer(3, 2, 5));
		succeed(own, answer(0, 0, 0));
		assertThat(this.events).hasSize(2);
	}

	@Test
	void callWithTheSameMessageOnAnotherThreadHasTheFeatureAndTheCustomerOfTheOuterOne() throws Exception {
		ThreadLocal<LlmCustomer> customer = new ThreadLocal<>();
		ModelCalls labelled = new ModelCalls(TestBeans.of(this.events::add, customer::get));
		labelled.open();
		Prompt prompt = new Prompt("Hi");
		Prompt derived = new Prompt(prompt.getInstructions(), ChatOptions.builder().model("other").build());
		customer.set(new LlmCustomer("4711", "ACME"));
		ModelCall outer = LlmContext.feature("chat")
			.call(() -> labelled.begin(CalledModel.proxied("own", OWN), prompt));
		ModelCall inner = CompletableFuture
			.supplyAsync(() -> labelled.begin(CalledModel.proxied("model", SPRING_AI), derived))
			.get();
		outer.fail(new IllegalStateException("Too slow"));
		succeed(inner, answer(3, 2, 5));
		assertThat(this.events).singleElement().satisfies((event) -> {
			assertThat(event.feature()).isEqualTo("chat");
			assertThat(event.customer()).isEqualTo(customer.get());
		});
	}

	@Test
	void callIsFoundAsLongAsItRuns() {
		Prompt prompt = new Prompt("Hi");
		OpenCalls open = new OpenCalls();
		ModelCall outer = new ModelCall(null, CalledModel.proxied("own", OWN), prompt, LlmContext.current(), null, null,
				null);
		open.begun(outer, OuterCalls.NONE);
		assertThat(around(open, prompt)).containsExactly(outer);
		assertThat(around(open, new Prompt("Hi"))).isEmpty();
		open.ended(outer);
		assertThat(around(open, prompt)).isEmpty();
	}

	@Test
	void labelsOfSeveralThatDifferAreNotGuessed() {
		Prompt prompt = new Prompt("Hi");
		ModelCall first = LlmContext.feature("one").call(() -> begin(OWN, prompt));
		ChatModel other = (request) -> null;
		ModelCall second = LlmContext.feature("other").call(() -> begin(other, prompt));
		succeed(begin(SPRING_AI, prompt), answer(3, 2, 5));
		succeed(first, answer(3, 2, 5));
		assertThat(this.events).singleElement().extracting(LlmUsageEvent::feature).isNull();
		succeed(begin(SPRING_AI, prompt), answer(4, 2, 6));
		succeed(second, answer(4, 2, 6));
		assertThat(this.events).extracting(LlmUsageEvent::feature).containsExactly(null, "other");
	}

	@Test
	void callThatNobodyEndsIsNotKept() {
		Prompt prompt = new Prompt("Hi");
		OpenCalls open = new OpenCalls();
		WeakReference<ModelCall> abandoned = abandon(open, prompt);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			System.gc();
			return abandoned.refersTo(null);
		});
		assertThat(around(open, prompt)).isEmpty();
	}

	private static WeakReference<ModelCall> abandon(OpenCalls open, Prompt prompt) {
		ModelCall call = new ModelCall(null, CalledModel.proxied("own", OWN), prompt, LlmContext.current(), null, null,
				null);
		open.begun(call, OuterCalls.NONE);
		assertThat(around(open, prompt)).containsExactly(call);
		return new WeakReference<>(call);
	}

	@Test
	void callOfModelsWithoutAnEndKeepsTheLatestOnly() {
		ModelCall outer = begin(OWN, new Prompt("Hi"));
		WeakReference<ModelCall> first = new WeakReference<>(null);
		try (CallScope scope = outer.enter()) {
			for (int i = 0; i < 1_001; i++) {
				ModelCall inner = begin(SPRING_AI, new Prompt("Hi"));
				succeed(inner, answer(3, 2, 5));
				if (i == 0) {
					first = new WeakReference<>(inner);
				}
				inner = null;
			}
		}
		this.events.clear();
		WeakReference<ModelCall> oldest = first;
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			System.gc();
			return oldest.refersTo(null);
		});
		succeed(outer, answer(3, 2, 5));
		assertThat(this.events).isEmpty();
	}

}
