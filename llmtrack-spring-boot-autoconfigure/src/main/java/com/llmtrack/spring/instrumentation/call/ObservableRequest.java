// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The request that a call is making: its times, and the observation that the model makes
 * of it, if it does. Safe for any thread.
 */
final class ObservableRequest {

	// An updater, since there is a request for each call and an atomic would be an object
	// of its own
	private static final AtomicReferenceFieldUpdater<ObservableRequest, @Nullable Object> OBSERVATION = AtomicReferenceFieldUpdater
		.newUpdater(ObservableRequest.class, Object.class, "observation");

	private final RequestClock clock = new RequestClock();

	private volatile @Nullable Object observation;

	/**
	 * Claim an observation.
	 * @return whether it is that of this request, which has only one
	 */
	boolean claim(Object observation) {
		return OBSERVATION.compareAndSet(this, null, observation) || isObservedBy(observation);
	}

	boolean isObservedBy(Object observation) {
		return this.observation == observation;
	}

	boolean isObserved() {
		return this.observation != null;
	}

	/**
	 * Take another observation for that of this request.
	 */
	void replace(Object observation) {
		this.observation = observation;
	}

	/**
	 * Forget the observation, but not that there was one.
	 */
	void forgetContent() {
		this.observation = (this.observation != null) ? this : null;
	}

	RequestClock clock() {
		return this.clock;
	}

}
