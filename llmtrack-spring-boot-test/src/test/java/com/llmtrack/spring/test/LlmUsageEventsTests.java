// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Recording and waiting.
 */
class LlmUsageEventsTests {

	private static final LlmUsageEvent EVENT = LlmUsageEvent.builder()
		.provider("openai")
		.model("gpt-4o-mini")
		.feature("support-chat")
		.tokens(LlmTokenUsage.of(19L, 10L, 29L))
		.latency(Duration.ofMillis(842))
		.customer(LlmCustomer.of("4711"))
		.build();

	private final LlmUsageEvents events = new LlmUsageEvents();

	@Test
	@Timeout(60)
	void awaitReturnsWhenAnotherThreadHasRecorded() {
		Thread test = Thread.currentThread();
		CompletableFuture<Void> recording = CompletableFuture.runAsync(() -> {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> test.getState() == Thread.State.TIMED_WAITING);
			IntStream.range(0, 3).forEach((i) -> this.events.record(EVENT));
		});
		assertThat(this.events.await(3, Duration.ofMinutes(1))).hasSize(3);
		recording.join();
	}

	@Test
	void awaitDoesNotWaitForWhatIsThere() {
		this.events.record(EVENT);
		assertThat(this.events.await(1, Duration.ZERO)).hasSize(1);
	}

	@Test
	void awaitSaysWhatThereWas() {
		this.events.record(EVENT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.events.await(2, Duration.ofMillis(20)))
			.withMessage(("Expecting at least 2 event(s) within 20 ms but there were 1:%n"
					+ "  - support-chat: openai gpt-4o-mini, 19 + 10 = 29 tokens, 842 ms, SUCCESS, customer 4711")
				.formatted());
	}

	@Test
	void awaitSaysThatThereWasNothing() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.events.await(1, Duration.ZERO))
			.withMessageEndingWith("there were 0:%n  (none)".formatted());
	}

	@Test
	void interruptEndsTheWaitAndIsKept() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.events.await(1))
			.withMessage("Interrupted while waiting");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void noEventIsLostAmongThreads() {
		CompletableFuture<?>[] threads = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.runAsync(
					() -> IntStream.range(0, 500).forEach((j) -> this.events.record(EVENT)),
					(task) -> new Thread(task).start()))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(threads).join();
		assertThat(this.events).hasSize(4000);
	}

	@Test
	void whatWasReturnedStaysAsItWas() {
		this.events.record(EVENT);
		var before = this.events.all();
		this.events.clear();
		assertThat(before).containsExactly(EVENT);
		assertThat(this.events).isEmpty();
	}

}
