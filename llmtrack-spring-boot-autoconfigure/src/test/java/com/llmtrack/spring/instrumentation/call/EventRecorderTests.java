// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventRecorder}.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventRecorderTests {

	private final List<String> recorded = new ArrayList<>();

	private final List<LlmUsageEvent> events = new ArrayList<>();

	@Test
	void everySinkGetsEachEventInOrder() {
		ModelCalls calls = new ModelCalls(TestBeans.of(new NamedSink("second", 2), new NamedSink("first", 1)));
		calls.open();
		begin(calls, prompt()).succeed();
		assertThat(this.recorded).containsExactly("first", "second");
	}

	@Test
	void sinkThatThrowsKeepsNoOtherSinkFromItsEventsAndIsLoggedOnce(CapturedOutput output) {
		LlmUsageEventSink failing = new NamedSink("failing", 1) {

			@Override
			public void record(LlmUsageEvent event) {
				throw new IllegalStateException("secret");
			}

		};
		ModelCalls calls = new ModelCalls(TestBeans.of(failing, new NamedSink("other", 2)));
		calls.open();
		begin(calls, prompt()).succeed();
		begin(calls, prompt()).succeed();
		assertThat(this.recorded).containsExactly("other", "other");
		assertThat(output).containsOnlyOnce("failed: java.lang.IllegalStateException at")
			.containsOnlyOnce("A model request could not be recorded there")
			.doesNotContain("secret");
	}

	@Test
	void sinksAreLookedUpOnceAndNotBeforeTheApplicationIsReady() {
		AtomicInteger lookups = new AtomicInteger();
		ModelCalls calls = new ModelCalls(TestBeans.supplying(() -> {
			lookups.incrementAndGet();
			return Stream.of(new NamedSink("sink", 1));
		}, EventSettings::new, InstrumentationSettings::new, List.of()));
		begin(calls, prompt()).succeed();
		assertThat(lookups).hasValue(0);
		calls.open();
		begin(calls, prompt()).succeed();
		assertThat(this.recorded).hasSize(2);
		assertThat(lookups).hasValue(1);
	}

	@Test
	void earlyCallKeepsNeitherPromptNorAnswerAliveButTheModelsName() {
		ModelCalls calls = new ModelCalls(TestBeans.of(new NamedSink("sink", 1)));
		List<WeakReference<Object>> content = new ArrayList<>();
		callWithContent(calls, content);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			System.gc();
			return content.stream().allMatch((reference) -> reference.get() == null);
		});
		calls.open();
		assertThat(this.events).hasSize(2).allSatisfy((event) -> assertThat(event.model()).isEqualTo("requested"));
		assertThat(this.events.get(0).tokens().total()).isEqualTo(7);
	}

	private static void callWithContent(ModelCalls calls, List<WeakReference<Object>> content) {
		Prompt prompt = prompt();
		ChatResponse answer = new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
				ChatResponseMetadata.builder().usage(new DefaultUsage(3, 4)).build());
		Exception failure = new IllegalStateException("secret");
		ModelCall answered = begin(calls, prompt);
		answered.observe(answer);
		answered.succeed();
		begin(calls, prompt).fail(failure);
		Stream.of(prompt, answer, failure).forEach((object) -> content.add(new WeakReference<>(object)));
	}

	private static ModelCall begin(ModelCalls calls, Prompt prompt) {
		ChatModel model = (request) -> null;
		return calls.begin(CalledModel.proxied("model", model), prompt);
	}

	private static Prompt prompt() {
		return new Prompt("Hi", ChatOptions.builder().model("requested").build());
	}

	private class NamedSink implements LlmUsageEventSink, Ordered {

		private final String name;

		private final int order;

		NamedSink(String name, int order) {
			this.name = name;
			this.order = order;
		}

		@Override
		public void record(LlmUsageEvent event) {
			EventRecorderTests.this.recorded.add(this.name);
			EventRecorderTests.this.events.add(event);
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

}
