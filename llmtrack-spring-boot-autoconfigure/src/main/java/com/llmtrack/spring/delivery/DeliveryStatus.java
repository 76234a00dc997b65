// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How delivery is doing.
 *
 * @param state whether events are being sent
 * @param since when that state began
 * @param lastSuccess when an event was last delivered, or {@code null} if none was
 * @param pending how many events are neither delivered nor dropped yet
 * @param spooled how many of them are in the spool
 * @param inFlight how many of them are in flight
 * @param nextAttempt when the current wait or pause ends, or {@code null} if there is
 * none
 * @param oldestPending when the oldest of them was recorded, or {@code null} if there is
 * none
 * @param problems the latest problems, the newest first
 */
public record DeliveryStatus(DeliveryState state, Instant since, @Nullable Instant lastSuccess, int pending,
		int spooled, int inFlight, @Nullable Instant nextAttempt, @Nullable Instant oldestPending,
		List<DeliveryProblem> problems) {

	/**
	 * Return what the state means, in plain words.
	 * @return a sentence without a full stop
	 */
	public String meaning() {
		return isOff() ? this.state.getSummary() + ", because " + this.problems.get(0).problem()
				: this.state.getSummary();
	}

	/**
	 * Return what delivery does in this state, and what the operator can do.
	 * @return whole sentences, empty if there is nothing to do
	 */
	public String remedy() {
		return isOff() ? this.problems.get(0).remedy() : this.state.getRemedy();
	}

	private boolean isOff() {
		return this.state == DeliveryState.OFF && !this.problems.isEmpty();
	}

}
