// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryGate}.
 */
class DeliveryGateTests {

	private static final DeliveryResult ACCEPTED = new DeliveryResult.Accepted(false);

	private static final DeliveryResult REJECTED = new DeliveryResult.Rejected("HTTP 400");

	private static final DeliveryResult KEY_REFUSED = new DeliveryResult.KeyRefused("HTTP 401");

	private static final DeliveryResult PLAN_EXHAUSTED = new DeliveryResult.PlanExhausted("HTTP 402");

	private static final DeliveryResult UNAVAILABLE = new DeliveryResult.Unavailable("HTTP 500", null);

	private static final DeliveryResult MISDIRECTED = new DeliveryResult.Misdirected("HTTP 404");

	// The time that System.nanoTime() returns may be any number, and it may wrap around
	private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	private double jitter = 1;

	private final DeliveryGate gate = new DeliveryGate(3, () -> this.jitter);

	private long now = START;

	@Test
	void activeGateIsOpenUntilTheLimitIsUnderWay() {
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
		assertThat(this.gate.isOpen(0, this.now)).isTrue();
		assertThat(this.gate.isOpen(2, this.now)).isTrue();
		assertThat(this.gate.isOpen(3, this.now)).isFalse();
		assertThat(this.gate.nanosUntilOpen(this.now)).isZero();
	}

	@ParameterizedTest
	@MethodSource("statesAfterResults")
	void resultDecidesOnTheState(DeliveryResult result, DeliveryState state) {
		update(result);
		assertThat(this.gate.state()).isEqualTo(state);
	}

	static Stream<Arguments> statesAfterResults() {
		return Stream.of(Arguments.of(ACCEPTED, DeliveryState.ACTIVE),
				Arguments.of(new DeliveryResult.Accepted(true), DeliveryState.ACTIVE),
				Arguments.of(REJECTED, DeliveryState.ACTIVE), Arguments.of(KEY_REFUSED, DeliveryState.KEY_REFUSED),
				Arguments.of(PLAN_EXHAUSTED, DeliveryState.PLAN_EXHAUSTED),
				Arguments.of(UNAVAILABLE, DeliveryState.WAITING),
				Arguments.of(new DeliveryResult.Unavailable("HTTP 429", Duration.ofSeconds(1)), DeliveryState.WAITING),
				Arguments.of(MISDIRECTED, DeliveryState.MISDIRECTED));
	}

	@ParameterizedTest
	@MethodSource("delaysAfterResults")
	void eachStateHasItsOwnDelays(DeliveryResult result, Duration first, Duration max) {
		update(result);
		assertOpensIn(first);
		for (int i = 0; i < 20; i++) {
			update(result);
		}
		assertOpensIn(max);
	}

	static Stream<Arguments> delaysAfterResults() {
		return Stream.of(Arguments.of(UNAVAILABLE, Duration.ofMillis(500), Duration.ofSeconds(60)),
				Arguments.of(KEY_REFUSED, Duration.ofSeconds(30), Duration.ofMinutes(15)),
				Arguments.of(PLAN_EXHAUSTED, Duration.ofMinutes(5), Duration.ofMinutes(60)),
				Arguments.of(MISDIRECTED, Duration.ofSeconds(30), Duration.ofMinutes(15)));
	}

	@Test
	void backOffDoublesWithEachFailure() {
		update(UNAVAILABLE);
		assertOpensIn(Duration.ofMillis(500));
		update(UNAVAILABLE);
		assertOpensIn(Duration.ofSeconds(1));
		update(UNAVAILABLE);
		assertOpensIn(Duration.ofSeconds(2));
	}

	@Test
	void backOffHasFullJitter() {
		this.jitter = 0.25;
		update(UNAVAILABLE);
		assertOpensIn(Duration.ofMillis(125));
		this.jitter = 0;
		update(UNAVAILABLE);
		assertOpensIn(Duration.ZERO);
	}

	@Test
	void pausesHaveNoJitter() {
		this.jitter = 0;
		update(KEY_REFUSED);
		assertOpensIn(Duration.ofSeconds(30));
	}

	@Test
	void anotherKindOfFailureStartsWithItsFirstDelay() {
		update(UNAVAILABLE);
		update(UNAVAILABLE);
		update(KEY_REFUSED);
		assertOpensIn(Duration.ofSeconds(30));
		update(UNAVAILABLE);
		assertOpensIn(Duration.ofMillis(500));
	}

	@Test
	void onlyOneProbeIsUnderWayAtATime() {
		update(UNAVAILABLE);
		elapse(Duration.ofMillis(500));
		assertThat(this.gate.isOpen(0, this.now)).isTrue();
		assertThat(this.gate.isOpen(1, this.now)).isFalse();
	}

	@Test
	void resultsOfAnEarlierRoundDoNotProlongTheWait() {
		int round = this.gate.round();
		this.gate.update(UNAVAILABLE, round, this.now);
		elapse(Duration.ofMillis(100));
		this.gate.update(UNAVAILABLE, round, this.now);
		this.gate.update(KEY_REFUSED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.WAITING);
		assertOpensIn(Duration.ofMillis(400));
		update(UNAVAILABLE);
		assertOpensIn(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void firstSuccessOpensTheGate(DeliveryResult failure) {
		update(failure);
		update(failure);
		update(ACCEPTED);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
		assertThat(this.gate.isOpen(2, this.now)).isTrue();
		assertThat(this.gate.nanosUntilOpen(this.now)).isZero();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void successResetsTheDelay(DeliveryResult failure) {
		update(failure);
		long first = this.gate.nanosUntilOpen(this.now);
		update(failure);
		update(ACCEPTED);
		update(failure);
		assertThat(this.gate.nanosUntilOpen(this.now)).isEqualTo(first);
	}

	static Stream<DeliveryResult> failures() {
		return Stream.of(UNAVAILABLE, KEY_REFUSED, PLAN_EXHAUSTED, MISDIRECTED);
	}

	@Test
	void successOfAnEarlierRoundEndsOurOwnBackOff() {
		int round = this.gate.round();
		this.gate.update(UNAVAILABLE, round, this.now);
		this.gate.update(ACCEPTED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
	}

	@Test
	void successOfAnEarlierRoundDoesNotEndAWaitThatWasAskedFor() {
		int round = this.gate.round();
		this.gate.update(new DeliveryResult.Unavailable("HTTP 429", Duration.ofMinutes(1)), round, this.now);
		this.gate.update(ACCEPTED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.WAITING);
		assertOpensIn(Duration.ofMinutes(1));
		update(ACCEPTED);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
	}

	@Test
	void successOfAnEarlierRoundDoesNotEndAPause() {
		int round = this.gate.round();
		this.gate.update(KEY_REFUSED, round, this.now);
		this.gate.update(ACCEPTED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.KEY_REFUSED);
		assertOpensIn(Duration.ofSeconds(30));
	}

	@Test
	void waitThatWasAskedForIsObeyedWithoutJitter() {
		this.jitter = 0.5;
		update(new DeliveryResult.Unavailable("HTTP 429", Duration.ofSeconds(120)));
		assertOpensIn(Duration.ofSeconds(120));
	}

	@Test
	void waitThatWasAskedForIsCapped() {
		update(new DeliveryResult.Unavailable("HTTP 503", Duration.ofMinutes(15).plusSeconds(1)));
		assertOpensIn(Duration.ofMinutes(15));
		update(new DeliveryResult.Unavailable("HTTP 503", Duration.ofSeconds(Long.MAX_VALUE)));
		assertOpensIn(Duration.ofMinutes(15));
	}

	@Test
	void hurryEndsOurOwnBackOff() {
		update(UNAVAILABLE);
		this.gate.hurry(this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.WAITING);
		assertThat(this.gate.isOpen(0, this.now)).isTrue();
		assertThat(this.gate.isOpen(1, this.now)).isFalse();
	}

	@Test
	void hurryDoesNotEndAWaitThatWasAskedFor() {
		update(new DeliveryResult.Unavailable("HTTP 429", Duration.ofSeconds(10)));
		this.gate.hurry(this.now);
		assertOpensIn(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@MethodSource("pauses")
	void hurryDoesNotEndAPause(DeliveryResult failure) {
		update(failure);
		this.gate.hurry(this.now);
		assertThat(this.gate.isOpen(0, this.now)).isFalse();
	}

	static Stream<DeliveryResult> pauses() {
		return Stream.of(KEY_REFUSED, PLAN_EXHAUSTED, MISDIRECTED);
	}

	private void update(DeliveryResult result) {
		this.gate.update(result, this.gate.round(), this.now);
	}

	private void elapse(Duration duration) {
		this.now += duration.toNanos();
	}

	private void assertOpensIn(Duration delay) {
		assertThat(Duration.ofNanos(this.gate.nanosUntilOpen(this.now))).isEqualTo(delay);
		if (!delay.isZero()) {
			assertThat(this.gate.isOpen(0, this.now + delay.toNanos() - 1)).isFalse();
		}
		assertThat(this.gate.isOpen(0, this.now + delay.toNanos())).isTrue();
	}

}
