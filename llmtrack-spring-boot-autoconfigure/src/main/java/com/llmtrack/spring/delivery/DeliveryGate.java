// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Decides when the next event may be sent. Has no clock: callers pass the time. Used by
 * the delivery thread only, except for the state and the time until it opens.
 */
final class DeliveryGate {

	private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(15);

	private static final int MAX_REJECTED_IN_A_ROW = 20;

	private final int maxInFlight;

	private final DoubleSupplier jitter;

	private volatile DeliveryState state = DeliveryState.ACTIVE;

	private int failures;

	private int rejectedInARow;

	private int round;

	private volatile long opensAt;

	private boolean askedToWait;

	/**
	 * Create a gate.
	 * @param maxInFlight how many events may be under way at once
	 * @param jitter supplies random numbers from 0 to 1, so that applications do not
	 * retry in step
	 */
	DeliveryGate(int maxInFlight, DoubleSupplier jitter) {
		this.maxInFlight = maxInFlight;
		this.jitter = jitter;
	}

	DeliveryState state() {
		return this.state;
	}

	/**
	 * Return the number of the current round. Every failure that counts starts a new one;
	 * failures of events that were sent in an earlier round are no news.
	 */
	int round() {
		return this.round;
	}

	/**
	 * Close for good.
	 */
	void switchOff() {
		this.state = DeliveryState.OFF;
	}

	boolean isOff() {
		return this.state == DeliveryState.OFF;
	}

	boolean isOpen(int inFlight, long now) {
		if (this.state == DeliveryState.ACTIVE) {
			return inFlight < this.maxInFlight;
		}
		return inFlight == 0 && !isOff() && nanosUntilOpen(now) == 0;
	}

	/**
	 * Return for how long nothing may be sent.
	 */
	long nanosUntilOpen(long now) {
		return (this.state == DeliveryState.ACTIVE) ? 0 : Math.max(0, this.opensAt - now);
	}

	/**
	 * Permit an attempt at once, whatever the reason to wait.
	 */
	void resume(long now) {
		this.opensAt = now;
	}

	/**
	 * Permit an attempt at once if the wait is only our own back-off.
	 */
	void hurry(long now) {
		if (isOwnBackOff()) {
			this.opensAt = now;
		}
	}

	private boolean isOwnBackOff() {
		return this.state == DeliveryState.WAITING && !this.askedToWait;
	}

	void update(DeliveryResult result, int sentInRound, long now) {
		if (isOff() || result instanceof DeliveryResult.Impossible) {
			switchOff();
			return;
		}
		if (result instanceof DeliveryResult.Accepted) {
			this.rejectedInARow = 0;
		}
		else if (result instanceof DeliveryResult.Rejected) {
			this.rejectedInARow++;
		}
		DeliveryState next = stateAfter(result);
		if (next == DeliveryState.ACTIVE) {
			// An event that was sent before LLMtrack asked to wait does not end the wait
			if (sentInRound == this.round || isOwnBackOff()) {
				this.state = next;
				this.failures = 0;
			}
		}
		else if (sentInRound == this.round) {
			this.failures = (next == this.state) ? this.failures + 1 : 1;
			this.round++;
			this.opensAt = now + delay(next, result).toNanos();
			this.state = next;
		}
	}

	private DeliveryState stateAfter(DeliveryResult result) {
		boolean rejecting = result instanceof DeliveryResult.Rejected && this.rejectedInARow >= MAX_REJECTED_IN_A_ROW;
		return rejecting ? DeliveryState.REJECTING : result.state();
	}

	private Duration delay(DeliveryState next, DeliveryResult result) {
		Duration retryAfter = (result instanceof DeliveryResult.Unavailable unavailable) ? unavailable.retryAfter()
				: null;
		this.askedToWait = retryAfter != null;
		if (retryAfter != null) {
			return (retryAfter.compareTo(MAX_RETRY_AFTER) < 0) ? retryAfter : MAX_RETRY_AFTER;
		}
		Duration delay = next.delayAfter(this.failures);
		return (next == DeliveryState.WAITING) ? Duration.ofNanos((long) (delay.toNanos() * this.jitter.getAsDouble()))
				: delay;
	}

}
