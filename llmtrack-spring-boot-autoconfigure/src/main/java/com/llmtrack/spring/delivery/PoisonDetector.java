// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

/**
 * Detects events that cause their own failures: they fail again and again while nearly
 * all others are accepted, unlike events that meet a service that fails now and then.
 * Used by the delivery thread only.
 */
final class PoisonDetector {

	private static final int MAX_FAILURES = 10;

	private static final int MIN_ACCEPTED_PER_TROUBLED = 5;

	private long accepted;

	private long troubled;

	void accepted() {
		this.accepted++;
	}

	/**
	 * Record a failure.
	 * @param history the event's own failures
	 * @return whether the event is to be dropped
	 */
	boolean failed(History history) {
		if (history.failures == 0) {
			this.troubled++;
			history.acceptedAtFirst = this.accepted;
			history.troubledAtFirst = this.troubled;
		}
		// If no event was accepted in between, the service is the cause
		if (history.failures == 0 || this.accepted > history.acceptedAtLast) {
			history.failures++;
		}
		history.acceptedAtLast = this.accepted;
		long othersAccepted = this.accepted - history.acceptedAtFirst;
		long othersTroubled = this.troubled - history.troubledAtFirst;
		return history.failures >= MAX_FAILURES && othersAccepted >= MIN_ACCEPTED_PER_TROUBLED * othersTroubled;
	}

	/**
	 * The failures of one event, and how others fared meanwhile.
	 */
	static final class History {

		private int failures;

		private long acceptedAtFirst;

		private long acceptedAtLast;

		private long troubledAtFirst;

	}

}
