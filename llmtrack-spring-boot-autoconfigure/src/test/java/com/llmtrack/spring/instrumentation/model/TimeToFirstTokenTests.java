// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.ScriptedProvider;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the time to the first token of each stream is known.
 */
class TimeToFirstTokenTests extends AbstractApplicationTests {

	private static final RecordingSink sink = new RecordingSink();

	private static final ScriptedProvider scripted = new ScriptedProvider();

	private static ConfigurableApplicationContext context;

	private static ChatModel scriptedModel;

	@BeforeAll
	static void startApplication() {
		context = start((beans) -> {
			beans.registerBean(RecordingSink.class, () -> sink);
			beans.registerBean("asker", Asker.class);
		});
		scriptedModel = context.getBean(ModelInstrumentation.class)
			.instrument(OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(scripted.url() + "/v1")
					.apiKey("openai-key")
					.model("gpt-4o-mini")
					.timeout(Duration.ofSeconds(3))
					.maxRetries(0)
					.build())
				.build());
	}

	@AfterAll
	static void closeApplication() {
		scripted.reset();
		context.close();
	}

	@BeforeEach
	void reset() {
		sink.events().clear();
		scripted.reset();
	}

	private static ChatModel model() {
		return context.getBean(Asker.class).model();
	}

	private static LlmUsageEvent event() {
		Waiting.await().until(() -> !sink.events().isEmpty());
		return sink.event();
	}

	private static void assertKnown(LlmUsageEvent event) {
		assertThat(event.timeToFirstToken()).isPositive().isLessThanOrEqualTo(event.latency());
	}

	@Test
	void streamHasOne() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2).withChunkedDribbleDelay(4, 200));
		model().stream("Hi").blockLast();
		assertKnown(event());
	}

	@Test
	void onlyTheFirstChunkCounts() throws Exception {
		CountDownLatch slow = new CountDownLatch(1);
		servers.openAi()
			.answers(OpenAiAnswers.stream(OpenAiAnswers.chunk("Hel"), OpenAiAnswers.chunk("lo"),
					OpenAiAnswers.usageChunk(3, 2), OpenAiAnswers.DONE));
		long[] firstAt = new long[1];
		long begun = System.nanoTime();
		model().stream("Hi").doOnNext((chunk) -> {
			if (firstAt[0] == 0) {
				firstAt[0] = System.nanoTime();
				await(slow);
			}
		}).blockLast();
		assertThat(event().timeToFirstToken()).isLessThanOrEqualTo(Duration.ofNanos(firstAt[0] - begun));
	}

	/**
	 * Keeps the chunks that follow apart from the first one.
	 */
	private static void await(CountDownLatch slow) {
		try {
			slow.await(50, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void blockingCallHasNone() {
		model().call("Hi");
		assertThat(event().timeToFirstToken()).isNull();
	}

	@Test
	void streamThatIsOnlyObservedHasNone() {
		openAiStreams();
		context.getBean(OpenAiChatModel.class).stream("Hi").blockLast();
		assertThat(event().timeToFirstToken()).isNull();
	}

	@Test
	void streamThatFailsMidwayHasOne() {
		scripted.breaksOffAfter(OpenAiAnswers.chunk("Hel"), OpenAiAnswers.chunk("lo"));
		scriptedModel.stream("Hi").onErrorComplete().blockLast();
		assertThat(event().status()).isEqualTo(LlmRequestStatus.ERROR);
		assertKnown(event());
	}

	@Test
	void streamThatFailsAtItsStartHasNone() {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		model().stream("Hi").onErrorComplete().blockLast();
		assertThat(event().timeToFirstToken()).isNull();
	}

	@Test
	void streamThatIsCancelledAfterAChunkHasOne() throws Exception {
		scripted.hangsAfter(OpenAiAnswers.chunk("Hel"));
		CountDownLatch received = new CountDownLatch(1);
		Disposable subscription = scriptedModel.stream("Hi").subscribe((chunk) -> received.countDown());
		assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();
		subscription.dispose();
		assertThat(event().status()).isEqualTo(LlmRequestStatus.CANCELLED);
		assertKnown(event());
	}

	record Asker(ChatModel model) {
	}

}
