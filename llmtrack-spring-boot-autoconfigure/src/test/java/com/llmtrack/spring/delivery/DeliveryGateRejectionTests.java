// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryGate} when LLMtrack rejects many events in a row.
 */
class DeliveryGateRejectionTests {

	private static final DeliveryResult REJECTED = new DeliveryResult.Rejected("HTTP 400");

	private static final DeliveryResult UNAVAILABLE = new DeliveryResult.Unavailable("HTTP 500", null);

	private final DeliveryGate gate = new DeliveryGate(3, () -> 1);

	private long now;

	@Test
	void nineteenRejectionsInARowAreTheEventsFault() {
		rejected(19);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
	}

	@Test
	void twentyRejectionsInARowPauseDelivery() {
		rejected(20);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.REJECTING);
		assertThat(this.gate.nanosUntilOpen(this.now)).isEqualTo(Duration.ofSeconds(30).toNanos());
	}

	@Test
	void acceptanceInBetweenStartsTheRowAnew() {
		rejected(19);
		update(FakeTransport.ACCEPTED);
		rejected(19);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
		rejected(1);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.REJECTING);
	}

	@Test
	void outageInBetweenDoesNotEndTheRow() {
		rejected(10);
		update(UNAVAILABLE);
		rejected(9);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
		rejected(1);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.REJECTING);
	}

	@Test
	void everyRejectedProbeDoublesThePause() {
		rejected(21);
		assertThat(this.gate.nanosUntilOpen(this.now)).isEqualTo(Duration.ofSeconds(60).toNanos());
		rejected(20);
		assertThat(this.gate.nanosUntilOpen(this.now)).isEqualTo(Duration.ofMinutes(15).toNanos());
	}

	@Test
	void rejectionsOfWhatWasUnderWayDoNotProlongThePause() {
		int round = this.gate.round();
		rejected(20);
		IntStream.range(0, 3).forEach((i) -> this.gate.update(REJECTED, round, this.now));
		assertThat(this.gate.nanosUntilOpen(this.now)).isEqualTo(Duration.ofSeconds(30).toNanos());
	}

	@Test
	void acceptedProbeEndsThePause() {
		rejected(20);
		update(FakeTransport.ACCEPTED);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
		rejected(19);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
	}

	private void rejected(int times) {
		IntStream.range(0, times).forEach((i) -> update(REJECTED));
	}

	private void update(DeliveryResult result) {
		this.gate.update(result, this.gate.round(), this.now);
	}

}
