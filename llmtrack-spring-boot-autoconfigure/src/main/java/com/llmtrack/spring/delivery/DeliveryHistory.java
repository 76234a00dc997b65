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

import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;

/**
 * Since when delivery is in its state, and what went wrong lately. Written to by any
 * thread, read by any; what two threads write at once may be read half.
 */
final class DeliveryHistory {

	private static final int MAX_PROBLEMS = 20;

	private final InstantSource clock;

	private final Deque<DeliveryProblem> problems = new ConcurrentLinkedDeque<>();

	private volatile Instant stateSince;

	private volatile @Nullable Instant lastSuccess;

	DeliveryHistory(InstantSource clock, Instant since) {
		this.clock = clock;
		this.stateSince = since;
	}

	void stateChanged() {
		this.stateSince = this.clock.instant();
	}

	void succeeded() {
		this.lastSuccess = this.clock.instant();
	}

	/**
	 * Add a problem, instead of the same one from earlier.
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
	 * Return the last problems, each once, the newest first.
	 */
	List<DeliveryProblem> problems() {
		return List.copyOf(this.problems);
	}

}
