// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Decides when the next event may be sent. Has no clock, as the time is handed to it, and
 * is used by one thread at a time; others may ask for the state and for how long nothing
 * may be sent.
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
	 * @param jitter supplies random numbers from 0 to 1, which keep many applications
	 * from retrying in step
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
	 * the answers to what was sent in an earlier round bring no news of failure.
	 */
	int round() {
		return this.round;
	}

	boolean isOpen(int inFlight, long now) {
		if (this.state == DeliveryState.ACTIVE) {
			return inFlight < this.maxInFlight;
		}
		return inFlight == 0 && nanosUntilOpen(now) == 0;
	}

	/**
	 * Return for how long nothing may be sent.
	 */
	long nanosUntilOpen(long now) {
		return (this.state == DeliveryState.ACTIVE) ? 0 : Math.max(0, this.opensAt - now);
	}

	/**
	 * Permit an attempt at once, whatever there is to wait for.
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

	void answered(DeliveryResult answer, int sentInRound, long now) {
		if (answer instanceof DeliveryResult.Accepted) {
			this.rejectedInARow = 0;
		}
		else if (answer instanceof DeliveryResult.Rejected) {
			this.rejectedInARow++;
		}
		DeliveryState next = stateAfter(answer);
		if (next == DeliveryState.ACTIVE) {
			// What was sent before LLMtrack asked to wait doesn't say that it no longer
			// does
			if (sentInRound == this.round || isOwnBackOff()) {
				this.state = next;
				this.failures = 0;
			}
		}
		else if (sentInRound == this.round) {
			this.failures = (next == this.state) ? this.failures + 1 : 1;
			this.round++;
			this.opensAt = now + delay(next, answer).toNanos();
			this.state = next;
		}
	}

	private DeliveryState stateAfter(DeliveryResult answer) {
		if (answer instanceof DeliveryResult.KeyRefused) {
			return DeliveryState.KEY_REFUSED;
		}
		if (answer instanceof DeliveryResult.PlanExhausted) {
			return DeliveryState.PLAN_EXHAUSTED;
		}
		if (answer instanceof DeliveryResult.Unavailable) {
			return DeliveryState.WAITING;
		}
		if (answer instanceof DeliveryResult.Misdirected) {
			return DeliveryState.MISDIRECTED;
		}
		if (answer instanceof DeliveryResult.Rejected && this.rejectedInARow >= MAX_REJECTED_IN_A_ROW) {
			return DeliveryState.REJECTING;
		}
		return DeliveryState.ACTIVE;
	}

	private Duration delay(DeliveryState next, DeliveryResult answer) {
		Duration retryAfter = (answer instanceof DeliveryResult.Unavailable unavailable) ? unavailable.retryAfter()
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
