// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoisonDetector}.
 */
class PoisonDetectorTests {

	private final PoisonDetector detector = new PoisonDetector();

	private final PoisonDetector.History poison = new PoisonDetector.History();

	@Test
	void eventThatFailsTenTimesWhileOthersAreTakenIsGivenUp() {
		for (int i = 1; i < 10; i++) {
			assertThat(this.detector.failed(this.poison)).isFalse();
			this.detector.accepted();
		}
		assertThat(this.detector.failed(this.poison)).isTrue();
	}

	@Test
	void failuresWhileNothingIsTakenAreTheServices() {
		assertThat(IntStream.range(0, 1_000).anyMatch((i) -> this.detector.failed(this.poison))).isFalse();
	}

	@Test
	void failuresInARowCountOnce() {
		for (int i = 1; i < 10; i++) {
			for (int j = 0; j < 5; j++) {
				assertThat(this.detector.failed(this.poison)).isFalse();
			}
			this.detector.accepted();
		}
		assertThat(this.detector.failed(this.poison)).isTrue();
	}

	@Test
	void whatWasTakenBeforeTheFirstFailureDoesNotCount() {
		IntStream.range(0, 1_000).forEach((i) -> this.detector.accepted());
		assertThat(IntStream.range(0, 1_000).anyMatch((i) -> this.detector.failed(this.poison))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 5, 50 })
	void allPoisonousEventsAreFoundHoweverFewOthersThereAre(int count) {
		List<PoisonDetector.History> left = new ArrayList<>(
				IntStream.range(0, count).mapToObj((i) -> new PoisonDetector.History()).toList());
		for (int i = 0; i < 1_000 && !left.isEmpty(); i++) {
			left.removeIf(this.detector::failed);
			this.detector.accepted();
		}
		assertThat(left).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.9, 0.7, 0.5, 0.3 })
	void noEventIsGivenUpInAStormOfFailures(double rate) {
		Random random = new Random(1);
		for (int i = 0; i < 100_000; i++) {
			PoisonDetector.History event = new PoisonDetector.History();
			while (random.nextDouble() < rate) {
				assertThat(this.detector.failed(event)).isFalse();
				othersMeanwhile(random, rate);
			}
			this.detector.accepted();
		}
	}

	private void othersMeanwhile(Random random, double rate) {
		for (int i = 0; i < 3; i++) {
			if (random.nextDouble() < rate) {
				this.detector.failed(new PoisonDetector.History());
			}
			else {
				this.detector.accepted();
			}
		}
	}

}
