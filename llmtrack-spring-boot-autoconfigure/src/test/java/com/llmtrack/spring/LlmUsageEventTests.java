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
		assertThat(event.getProvider()).isEqualTo("unknown");
		assertThat(event.getModel()).isEqualTo("unknown");
		assertThat(event.getTokens().prompt()).isNull();
		assertThat(event.getTokens().completion()).isNull();
		assertThat(event.getTokens().total()).isNull();
		assertThat(event.getTokens()).isEqualTo(LlmTokenUsage.UNKNOWN);
		assertThat(event.getLatency()).isZero();
		assertThat(event.getStatus()).isEqualTo(LlmRequestStatus.SUCCESS);
		assertThat(event.getFeature()).isNull();
		assertThat(event.getEnvironment()).isNull();
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
		assertThat(event.getProvider()).isEqualTo("openai");
		assertThat(event.getModel()).isEqualTo("gpt-4o-mini");
		assertThat(event.getTokens().prompt()).isEqualTo(120);
		assertThat(event.getTokens().completion()).isEqualTo(80);
		assertThat(event.getTokens().total()).isEqualTo(201);
		assertThat(event.getLatency()).isEqualTo(Duration.ofNanos(842_999_999));
		assertThat(event.getStatus()).isEqualTo(LlmRequestStatus.CANCELLED);
		assertThat(event.getFeature()).isEqualTo("search");
		assertThat(event.getEnvironment()).isEqualTo("staging");
	}

	@Test
	void eventDoesNotChangeWithItsBuilder() {
		LlmUsageEventBuilder builder = LlmUsageEvent.builder().feature("first");
		LlmUsageEvent event = builder.build();
		builder.feature("second").tokens(1L, 1L, 2L);
		assertThat(event.getFeature()).isEqualTo("first");
		assertThat(event.getTokens().total()).isNull();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t\r\n", "\u0000\u001F", "\u00A0\u2003\u3000", "\uFEFF", "\u0085\u2028",
			"\uD83D", "\uDE00" })
	void nameThatSaysNothingIsUnknown(String name) {
		LlmUsageEvent event = event(name);
		assertThat(event.getProvider()).isEqualTo(LlmUsageEvent.UNKNOWN);
		assertThat(event.getModel()).isEqualTo(LlmUsageEvent.UNKNOWN);
		assertThat(event.getFeature()).isNull();
		assertThat(event.getEnvironment()).isNull();
	}

	@ParameterizedTest
	@MethodSource("names")
	void nameIsKeptAsLlmTrackAcceptsIt(String name, String expected) {
		LlmUsageEvent event = event(name);
		assertThat(event.getProvider()).isEqualTo(expected);
		assertThat(event.getModel()).isEqualTo(expected);
		assertThat(event.getFeature()).isEqualTo(expected);
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
		assertThat(event("x".repeat(101)).getEnvironment()).isEqualTo("x".repeat(100));
		assertThat(event("x".repeat(99) + EMOJI).getEnvironment()).isEqualTo("x".repeat(99));
	}

	@Test
	void longNameIsCutInNoTime() {
		assertThat(event(" ".repeat(1_000_000) + "x".repeat(1_000_000)).getModel()).hasSize(200);
		assertThat(event("x \n".repeat(500_000)).getModel()).hasSize(199);
	}

	@Test
	void zeroTokensAreKept() {
		LlmUsageEvent event = LlmUsageEvent.builder().tokens(0L, 0L, 0L).build();
		assertThat(event.getTokens().prompt()).isZero();
		assertThat(event.getTokens().completion()).isZero();
		assertThat(event.getTokens().total()).isZero();
	}

	@Test
	void detailedTokensAreKept() {
		LlmTokenUsage tokens = new LlmTokenUsage(120L, 80L, 200L, 100L, 0L, 64L, CacheAccounting.INCLUSIVE);
		LlmUsageEvent event = LlmUsageEvent.builder().tokens(tokens).build();
		assertThat(event.getTokens()).isEqualTo(tokens);
		assertThat(event.getTokens().prompt()).isEqualTo(120);
		assertThat(event.getTokens().completion()).isEqualTo(80);
		assertThat(event.getTokens().total()).isEqualTo(200);
	}

	@Test
	void detailsAndTheirAccountingAreKeptTogether() {
		LlmTokenUsage plain = new LlmTokenUsage(120L, 80L, 200L);
		assertThat(new LlmTokenUsage(120L, 80L, 200L, 100L, 5L, 64L, null)).isEqualTo(plain);
		assertThat(new LlmTokenUsage(120L, 80L, 200L, null, null, null, CacheAccounting.EXCLUSIVE)).isEqualTo(plain);
	}

	@Test
	void negativeDetailsAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LlmTokenUsage(1L, 1L, 2L, -1L, null, null, CacheAccounting.INCLUSIVE));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LlmTokenUsage(1L, 1L, 2L, null, -1L, null, CacheAccounting.INCLUSIVE));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LlmTokenUsage(1L, 1L, 2L, null, null, -1L, CacheAccounting.INCLUSIVE));
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
