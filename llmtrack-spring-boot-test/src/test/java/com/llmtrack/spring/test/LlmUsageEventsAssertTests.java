// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.BDDAssertions.then;

/**
 * What is picked, what fails and what is said then.
 */
class LlmUsageEventsAssertTests {

	private final LlmUsageEvents events = new LlmUsageEvents();

	LlmUsageEventsAssertTests() {
		record(event("chat", 19L, 10L).customer(LlmCustomer.of("4711")));
		record(event("chat", 100L, 50L).provider("anthropic").model("claude"));
		record(event(null, null, null).status(LlmRequestStatus.ERROR));
		record(event("story", 5L, null).status(LlmRequestStatus.CANCELLED));
	}

	private void record(LlmUsageEventBuilder event) {
		this.events.record(event.build());
	}

	private static LlmUsageEventBuilder event(String feature, Long prompt, Long completion) {
		Long total = (prompt != null && completion != null) ? Long.valueOf(prompt + completion) : null;
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.feature(feature)
			.tokens(LlmTokenUsage.of(prompt, completion, total))
			.latency(Duration.ofMillis(7));
	}

	@Test
	void assertionsInTheStyleOfBehaviourDrivenDevelopmentAreTheSame() {
		then(this.events).forFeature("chat").hasSize(2);
	}

	@Test
	void filtersPickTheirEvents() {
		assertThat(this.events).hasSize(4);
		assertThat(this.events).forFeature("chat").hasSize(2);
		assertThat(this.events).withoutFeature().hasSize(1);
		assertThat(this.events).forProvider("anthropic").hasSize(1);
		assertThat(this.events).forModel("gpt-4o-mini").hasSize(3);
		assertThat(this.events).forCustomer("4711").hasSize(1);
		assertThat(this.events).withStatus(LlmRequestStatus.CANCELLED).hasSize(1);
		assertThat(this.events).forFeature("chat").forModel("claude").hasSize(1);
		assertThat(this.events).forFeature("chat").forFeature("story").isEmpty();
	}

	@Test
	void limitsHoldUpToTheSum() {
		assertThat(this.events).forFeature("chat")
			.hasPromptTokensAtMost(119)
			.hasCompletionTokensAtMost(60)
			.hasTotalTokensAtMost(179)
			.allSucceeded()
			.allHaveFeature();
	}

	@Test
	void failedRequestsMayHaveNoTokens() {
		assertThat(this.events).forModel("gpt-4o-mini").hasPromptTokensAtMost(24);
	}

	@Test
	void elementsCanBeChecked() {
		assertThat(this.events).forModel("claude")
			.singleElement()
			.extracting(LlmUsageEvent::provider)
			.isEqualTo("anthropic");
		assertThat(this.events).filteredOn((event) -> event.feature() == null).hasSize(1);
	}

	static Stream<Consumer<LlmUsageEventsAssert>> failures() {
		return Stream.of((events) -> events.forFeature("chat").hasPromptTokensAtMost(118),
				(events) -> events.forFeature("chat").hasCompletionTokensAtMost(59),
				(events) -> events.forFeature("chat").hasTotalTokensAtMost(178),
				(events) -> events.forFeature("story").hasTotalTokensAtMost(100), LlmUsageEventsAssert::allSucceeded,
				LlmUsageEventsAssert::allHaveFeature, (events) -> events.forFeature("chta").allSucceeded(),
				(events) -> events.forFeature("chta").hasTotalTokensAtMost(1));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void checkFails(Consumer<LlmUsageEventsAssert> check) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> check.accept(this.events.assertThat()));
	}

	@Test
	void failureOfTokensListsTheEvents() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.events).forProvider("openai").forFeature("chat").hasTotalTokensAtMost(20))
			.withMessage("""
					[events for provider "openai" for feature "chat", of 4 recorded:
					  - chat: openai gpt-4o-mini, 19 + 10 = 29 tokens, 7 ms, SUCCESS, customer 4711
					  - chat: anthropic claude, 100 + 50 = 150 tokens, 7 ms, SUCCESS
					  - (no feature): openai gpt-4o-mini, ? + ? = ? tokens, 7 ms, ERROR
					  - story: openai gpt-4o-mini, 5 + ? = ? tokens, 7 ms, CANCELLED
					]\s
					Expecting at most <20> total tokens but there were <29>:
					  - chat: openai gpt-4o-mini, 19 + 10 = 29 tokens, 7 ms, SUCCESS, customer 4711""");
	}

	@Test
	void failureOfSizeListsTheEvents() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.events).forFeature("chta").hasSize(1))
			.withMessageStartingWith("[events for feature \"chta\", of 4 recorded:")
			.withMessageContaining("  - chat: anthropic claude, 100 + 50 = 150 tokens, 7 ms, SUCCESS");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.events).hasSize(5))
			.withMessageContaining("chat: anthropic claude, 100 + 50 = 150 tokens, 7 ms, SUCCESS");
	}

	@Test
	void failureOfStatusListsThoseThatFailed() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.events).allSucceeded())
			.withMessageEndingWith("""
					Expecting all of 4 event(s) to have succeeded but these don't:
					  - (no feature): openai gpt-4o-mini, ? + ? = ? tokens, 7 ms, ERROR
					  - story: openai gpt-4o-mini, 5 + ? = ? tokens, 7 ms, CANCELLED""");
	}

	@Test
	void descriptionOfTheTestIsKept() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.events).as("budget").forFeature("chat").isEmpty())
			.withMessageStartingWith("[budget for feature \"chat\", of 4 recorded:");
	}

}
