// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LlmUsageEvent}.
 */
class LlmUsageEventTests {

	private static final String EMOJI = "\uD83D\uDE00";

	@Test
	void emptyEventIsASuccessOfWhichNothingIsKnown() {
		LlmUsageEvent event = LlmUsageEvent.builder().build();
		assertThat(event.provider()).isEqualTo("unknown");
		assertThat(event.model()).isEqualTo("unknown");
		assertThat(event.tokens().prompt()).isNull();
		assertThat(event.tokens().completion()).isNull();
		assertThat(event.tokens().total()).isNull();
		assertThat(event.tokens()).isEqualTo(LlmTokenUsage.UNKNOWN);
		assertThat(event.latency()).isNull();
		assertThat(event.status()).isEqualTo(LlmRequestStatus.SUCCESS);
		assertThat(event.feature()).isNull();
		assertThat(event.environment()).isNull();
	}

	@Test
	void eventHasWhatItsBuilderWasGiven() {
		LlmUsageEvent event = LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.tokens(120L, 80L, 201L)
			.latency(Duration.ofNanos(842_999_999))
			.status(LlmRequestStatus.CANCELLED)
			.feature("search")
			.environment("staging")
			.build();
		assertThat(event.provider()).isEqualTo("openai");
		assertThat(event.model()).isEqualTo("gpt-4o-mini");
		assertThat(event.tokens().prompt()).isEqualTo(120);
		assertThat(event.tokens().completion()).isEqualTo(80);
		assertThat(event.tokens().total()).isEqualTo(201);
		assertThat(event.latency()).isEqualTo(Duration.ofNanos(842_999_999));
		assertThat(event.status()).isEqualTo(LlmRequestStatus.CANCELLED);
		assertThat(event.feature()).isEqualTo("search");
		assertThat(event.environment()).isEqualTo("staging");
	}

	@Test
	void eventDoesNotChangeWithItsBuilder() {
		LlmUsageEventBuilder builder = LlmUsageEvent.builder().feature("first");
		LlmUsageEvent event = builder.build();
		builder.feature("second").tokens(1L, 1L, 2L);
		assertThat(event.feature()).isEqualTo("first");
		assertThat(event.tokens().total()).isNull();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t\r\n", "\u0000\u001F", "\u00A0\u2003\u3000", "\uFEFF", "\u0085\u2028",
			"\uD83D", "\uDE00" })
	void nameThatSaysNothingIsUnknown(String name) {
		LlmUsageEvent event = event(name);
		assertThat(event.provider()).isEqualTo(LlmUsageEvent.UNKNOWN);
		assertThat(event.model()).isEqualTo(LlmUsageEvent.UNKNOWN);
		assertThat(event.feature()).isNull();
		assertThat(event.environment()).isNull();
	}

	@ParameterizedTest
	@MethodSource("names")
	void nameIsKeptAsLlmTrackAcceptsIt(String name, String expected) {
		LlmUsageEvent event = event(name);
		assertThat(event.provider()).isEqualTo(expected);
		assertThat(event.model()).isEqualTo(expected);
		assertThat(event.feature()).isEqualTo(expected);
	}

	static Stream<Arguments> names() {
		return Stream.of(Arguments.of("gpt-4o-mini", "gpt-4o-mini"), Arguments.of(" a ", "a"),
				Arguments.of("\u00A0a\u2003\uFEFF", "a"), Arguments.of("a  b\r\n\tc", "a b c"),
				Arguments.of("a\u2028b\u0085c\u0000d\u001Be", "a b c d e"),
				Arguments.of("Größe " + EMOJI, "Größe " + EMOJI), Arguments.of("a\uD83Db\uDE00", "a b"),
				Arguments.of("x".repeat(200), "x".repeat(200)), Arguments.of("x".repeat(201), "x".repeat(200)),
				Arguments.of(" " + "x".repeat(200) + " ", "x".repeat(200)),
				Arguments.of("x".repeat(199) + " y", "x".repeat(199)),
				Arguments.of("x".repeat(198) + EMOJI + "y", "x".repeat(198) + EMOJI),
				Arguments.of("x".repeat(199) + EMOJI, "x".repeat(199)),
				Arguments.of(EMOJI.repeat(101), EMOJI.repeat(100)));
	}

	@Test
	void environmentIsShorter() {
		assertThat(event("x".repeat(101)).environment()).isEqualTo("x".repeat(100));
		assertThat(event("x".repeat(99) + EMOJI).environment()).isEqualTo("x".repeat(99));
	}

	@Test
	void longNameIsCutInNoTime() {
		assertThat(event(" ".repeat(1_000_000) + "x".repeat(1_000_000)).model()).hasSize(200);
		assertThat(event("x \n".repeat(500_000)).model()).hasSize(199);
	}

	@Test
	void zeroTokensAreKept() {
		LlmUsageEvent event = LlmUsageEvent.builder().tokens(0L, 0L, 0L).build();
		assertThat(event.tokens().prompt()).isZero();
		assertThat(event.tokens().completion()).isZero();
		assertThat(event.tokens().total()).isZero();
	}

	@Test
	void detailedTokensAreKept() {
		LlmTokenUsage tokens = LlmTokenUsage.builder()
			.prompt(120L)
			.completion(80L)
			.total(200L)
			.cachedInput(100L)
			.cacheWrite(0L)
			.reasoning(64L)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build();
		LlmUsageEvent event = LlmUsageEvent.builder().tokens(tokens).build();
		assertThat(event.tokens()).isEqualTo(tokens);
		assertThat(event.tokens().prompt()).isEqualTo(120);
		assertThat(event.tokens().completion()).isEqualTo(80);
		assertThat(event.tokens().total()).isEqualTo(200);
	}

	@Test
	void detailsAndTheirAccountingAreKeptTogether() {
		LlmTokenUsage plain = LlmTokenUsage.of(120L, 80L, 200L);
		assertThat(LlmTokenUsage.builder()
			.prompt(120L)
			.completion(80L)
			.total(200L)
			.cachedInput(100L)
			.cacheWrite(5L)
			.reasoning(64L)
			.build()).isEqualTo(plain);
		assertThat(LlmTokenUsage.builder()
			.prompt(120L)
			.completion(80L)
			.total(200L)
			.accounting(LlmTokenAccounting.EXCLUSIVE)
			.build()).isEqualTo(plain);
	}

	@Test
	void negativeDetailsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LlmTokenUsage.builder()
			.prompt(1L)
			.completion(1L)
			.total(2L)
			.cachedInput(-1L)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build());
		assertThatIllegalArgumentException().isThrownBy(() -> LlmTokenUsage.builder()
			.prompt(1L)
			.completion(1L)
			.total(2L)
			.cacheWrite(-1L)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build());
		assertThatIllegalArgumentException().isThrownBy(() -> LlmTokenUsage.builder()
			.prompt(1L)
			.completion(1L)
			.total(2L)
			.reasoning(-1L)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build());
	}

	@Test
	void negativeTokensAreRefused() {
		LlmUsageEventBuilder builder = LlmUsageEvent.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.tokens(-1L, null, null));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.tokens(null, -1L, null));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.tokens(null, null, -1L));
	}

	@Test
	void negativeLatencyIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LlmUsageEvent.builder().latency(Duration.ofNanos(-1)));
	}

	@Test
	void stringRepresentationNamesWhatWasUsed() {
		assertThat(LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.tokens(120L, null, 200L)
			.latency(Duration.ofMillis(842))
			.feature("search")
			.build())
			.hasToString("LlmUsageEvent[feature=search, provider=openai, model=gpt-4o-mini, tokens=120+null=200, "
					+ "latency=842ms, status=SUCCESS]");
	}

	private static LlmUsageEvent event(String name) {
		return LlmUsageEvent.builder().provider(name).model(name).feature(name).environment(name).build();
	}

}
