/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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

	private static final Answer ACCEPTED = new Answer.Accepted(false);

	private static final Answer REJECTED = new Answer.Rejected("HTTP 400");

	private static final Answer KEY_REFUSED = new Answer.KeyRefused("HTTP 401");

	private static final Answer PLAN_EXHAUSTED = new Answer.PlanExhausted("HTTP 402");

	private static final Answer UNAVAILABLE = new Answer.Unavailable("HTTP 500", null);

	private static final Answer MISDIRECTED = new Answer.Misdirected("HTTP 404");

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
	@MethodSource("statesAfterAnswers")
	void answerDecidesOnTheState(Answer answer, DeliveryState state) {
		answered(answer);
		assertThat(this.gate.state()).isEqualTo(state);
	}

	static Stream<Arguments> statesAfterAnswers() {
		return Stream.of(Arguments.of(ACCEPTED, DeliveryState.ACTIVE),
				Arguments.of(new Answer.Accepted(true), DeliveryState.ACTIVE),
				Arguments.of(REJECTED, DeliveryState.ACTIVE), Arguments.of(KEY_REFUSED, DeliveryState.KEY_REFUSED),
				Arguments.of(PLAN_EXHAUSTED, DeliveryState.PLAN_EXHAUSTED),
				Arguments.of(UNAVAILABLE, DeliveryState.WAITING),
				Arguments.of(new Answer.Unavailable("HTTP 429", Duration.ofSeconds(1)), DeliveryState.WAITING),
				Arguments.of(MISDIRECTED, DeliveryState.MISDIRECTED));
	}

	@ParameterizedTest
	@MethodSource("delaysAfterAnswers")
	void eachStateHasItsOwnDelays(Answer answer, Duration first, Duration max) {
		answered(answer);
		assertOpensIn(first);
		for (int i = 0; i < 20; i++) {
			answered(answer);
		}
		assertOpensIn(max);
	}

	static Stream<Arguments> delaysAfterAnswers() {
		return Stream.of(Arguments.of(UNAVAILABLE, Duration.ofMillis(500), Duration.ofSeconds(60)),
				Arguments.of(KEY_REFUSED, Duration.ofSeconds(30), Duration.ofMinutes(15)),
				Arguments.of(PLAN_EXHAUSTED, Duration.ofMinutes(5), Duration.ofMinutes(60)),
				Arguments.of(MISDIRECTED, Duration.ofSeconds(30), Duration.ofMinutes(15)));
	}

	@Test
	void backOffDoublesWithEachFailure() {
		answered(UNAVAILABLE);
		assertOpensIn(Duration.ofMillis(500));
		answered(UNAVAILABLE);
		assertOpensIn(Duration.ofSeconds(1));
		answered(UNAVAILABLE);
		assertOpensIn(Duration.ofSeconds(2));
	}

	@Test
	void backOffHasFullJitter() {
		this.jitter = 0.25;
		answered(UNAVAILABLE);
		assertOpensIn(Duration.ofMillis(125));
		this.jitter = 0;
		answered(UNAVAILABLE);
		assertOpensIn(Duration.ZERO);
	}

	@Test
	void pausesHaveNoJitter() {
		this.jitter = 0;
		answered(KEY_REFUSED);
		assertOpensIn(Duration.ofSeconds(30));
	}

	@Test
	void anotherKindOfFailureStartsWithItsFirstDelay() {
		answered(UNAVAILABLE);
		answered(UNAVAILABLE);
		answered(KEY_REFUSED);
		assertOpensIn(Duration.ofSeconds(30));
		answered(UNAVAILABLE);
		assertOpensIn(Duration.ofMillis(500));
	}

	@Test
	void onlyOneProbeIsUnderWayAtATime() {
		answered(UNAVAILABLE);
		elapse(Duration.ofMillis(500));
		assertThat(this.gate.isOpen(0, this.now)).isTrue();
		assertThat(this.gate.isOpen(1, this.now)).isFalse();
	}

	@Test
	void answersOfAnEarlierRoundDoNotProlongTheWait() {
		int round = this.gate.round();
		this.gate.answered(UNAVAILABLE, round, this.now);
		elapse(Duration.ofMillis(100));
		this.gate.answered(UNAVAILABLE, round, this.now);
		this.gate.answered(KEY_REFUSED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.WAITING);
		assertOpensIn(Duration.ofMillis(400));
		answered(UNAVAILABLE);
		assertOpensIn(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void firstSuccessOpensTheGate(Answer failure) {
		answered(failure);
		answered(failure);
		answered(ACCEPTED);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
		assertThat(this.gate.isOpen(2, this.now)).isTrue();
		assertThat(this.gate.nanosUntilOpen(this.now)).isZero();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void successResetsTheDelay(Answer failure) {
		answered(failure);
		long first = this.gate.nanosUntilOpen(this.now);
		answered(failure);
		answered(ACCEPTED);
		answered(failure);
		assertThat(this.gate.nanosUntilOpen(this.now)).isEqualTo(first);
	}

	static Stream<Answer> failures() {
		return Stream.of(UNAVAILABLE, KEY_REFUSED, PLAN_EXHAUSTED, MISDIRECTED);
	}

	@Test
	void successOfAnEarlierRoundEndsOurOwnBackOff() {
		int round = this.gate.round();
		this.gate.answered(UNAVAILABLE, round, this.now);
		this.gate.answered(ACCEPTED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
	}

	@Test
	void successOfAnEarlierRoundDoesNotEndAWaitThatWasAskedFor() {
		int round = this.gate.round();
		this.gate.answered(new Answer.Unavailable("HTTP 429", Duration.ofMinutes(1)), round, this.now);
		this.gate.answered(ACCEPTED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.WAITING);
		assertOpensIn(Duration.ofMinutes(1));
		answered(ACCEPTED);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
	}

	@Test
	void successOfAnEarlierRoundDoesNotEndAPause() {
		int round = this.gate.round();
		this.gate.answered(KEY_REFUSED, round, this.now);
		this.gate.answered(ACCEPTED, round, this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.KEY_REFUSED);
		assertOpensIn(Duration.ofSeconds(30));
	}

	@Test
	void waitThatWasAskedForIsObeyedWithoutJitter() {
		this.jitter = 0.5;
		answered(new Answer.Unavailable("HTTP 429", Duration.ofSeconds(120)));
		assertOpensIn(Duration.ofSeconds(120));
	}

	@Test
	void waitThatWasAskedForIsCapped() {
		answered(new Answer.Unavailable("HTTP 503", Duration.ofMinutes(15).plusSeconds(1)));
		assertOpensIn(Duration.ofMinutes(15));
		answered(new Answer.Unavailable("HTTP 503", Duration.ofSeconds(Long.MAX_VALUE)));
		assertOpensIn(Duration.ofMinutes(15));
	}

	@Test
	void hurryEndsOurOwnBackOff() {
		answered(UNAVAILABLE);
		this.gate.hurry(this.now);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.WAITING);
		assertThat(this.gate.isOpen(0, this.now)).isTrue();
		assertThat(this.gate.isOpen(1, this.now)).isFalse();
	}

	@Test
	void hurryDoesNotEndAWaitThatWasAskedFor() {
		answered(new Answer.Unavailable("HTTP 429", Duration.ofSeconds(10)));
		this.gate.hurry(this.now);
		assertOpensIn(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@MethodSource("pauses")
	void hurryDoesNotEndAPause(Answer failure) {
		answered(failure);
		this.gate.hurry(this.now);
		assertThat(this.gate.isOpen(0, this.now)).isFalse();
	}

	static Stream<Answer> pauses() {
		return Stream.of(KEY_REFUSED, PLAN_EXHAUSTED, MISDIRECTED);
	}

	private void answered(Answer answer) {
		this.gate.answered(answer, this.gate.round(), this.now);
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
