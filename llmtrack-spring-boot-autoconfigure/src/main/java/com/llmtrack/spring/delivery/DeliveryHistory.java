// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;

/**
 * Since when delivery has been in its state, and the latest problems. Safe for any
 * thread, but not atomic: readers may see one of two changes that are made together.
 */
final class DeliveryHistory {

	private static final int MAX_PROBLEMS = 20;

	private final InstantSource clock;

	private final Deque<DeliveryProblem> problems = new ConcurrentLinkedDeque<>();

	private volatile Instant stateSince;

	private volatile @Nullable Instant lastSuccess;

	DeliveryHistory(InstantSource clock) {
		this.clock = clock;
		this.stateSince = clock.instant();
	}

	void stateChanged() {
		this.stateSince = this.clock.instant();
	}

	void succeeded() {
		this.lastSuccess = this.clock.instant();
	}

	/**
	 * Add a problem; replaces an earlier one with the same text.
	 */
	void add(String problem, String remedy) {
		this.problems.removeIf((known) -> known.problem().equals(problem));
		this.problems.addFirst(new DeliveryProblem(this.clock.instant(), problem, remedy));
		while (this.problems.size() > MAX_PROBLEMS) {
			this.problems.pollLast();
		}
	}

	Instant stateSince() {
		return this.stateSince;
	}

	@Nullable Instant lastSuccess() {
		return this.lastSuccess;
	}

	/**
	 * Return the latest problems, each once, the newest first.
	 */
	List<DeliveryProblem> problems() {
		return List.copyOf(this.problems);
	}

}
