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

/**
 * Tells an event that is itself the cause of its failures from a service that fails now
 * and then: the one fails again and again while nearly all others are taken. Used by the
 * delivery thread only.
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
	 * Take down a failure.
	 * @param history the event's own failures
	 * @return whether the event is to be given up
	 */
	boolean failed(History history) {
		if (history.failures == 0) {
			this.troubled++;
			history.acceptedAtFirst = this.accepted;
			history.troubledAtFirst = this.troubled;
		}
		// Failures in a row of all events are the service's
		if (history.failures == 0 || this.accepted > history.acceptedAtLast) {
			history.failures++;
		}
		history.acceptedAtLast = this.accepted;
		long othersAccepted = this.accepted - history.acceptedAtFirst;
		long othersTroubled = this.troubled - history.troubledAtFirst;
		return history.failures >= MAX_FAILURES && othersAccepted >= MIN_ACCEPTED_PER_TROUBLED * othersTroubled;
	}

	/**
	 * The failures of one event, and what became of the others meanwhile.
	 */
	static final class History {

		private int failures;

		private long acceptedAtFirst;

		private long acceptedAtLast;

		private long troubledAtFirst;

	}

}
