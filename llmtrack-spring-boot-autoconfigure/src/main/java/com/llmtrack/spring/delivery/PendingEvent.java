// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.UUID;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An event from when it is recorded, or found in the spool, until it is delivered or
 * dropped. Used by one thread at a time.
 */
final class PendingEvent {

	private final Instant recordedAt;

	private @Nullable String idempotencyKey;

	private @Nullable LlmUsageEvent event;

	private @Nullable SpooledEvent spooled;

	private PoisonDetector.@Nullable History failures;

	PendingEvent(LlmUsageEvent event, Instant recordedAt) {
		this.event = event;
		this.recordedAt = recordedAt;
	}

	PendingEvent(SpooledEvent spooled) {
		this.recordedAt = spooled.recordedAt();
		this.idempotencyKey = spooled.idempotencyKey();
		this.spooled = spooled;
	}

	Instant recordedAt() {
		return this.recordedAt;
	}

	/**
	 * Return the key that identifies the event on every attempt and in the spool, and to
	 * LLMtrack unless the application gave it another one.
	 */
	String idempotencyKey() {
		if (this.idempotencyKey == null) {
			// Not by the application's thread, as secure random numbers take time
			this.idempotencyKey = UUID.randomUUID().toString();
		}
		return this.idempotencyKey;
	}

	/**
	 * Return the event to hand to the transport; it must be in memory.
	 */
	OutgoingEvent toOutgoingEvent() {
		Assert.state(this.event != null, "Not in memory");
		String ownKey = this.event.idempotencyKey();
		return new OutgoingEvent(this.event, (ownKey != null) ? ownKey : idempotencyKey());
	}

	@Nullable LlmUsageEvent event() {
		return this.event;
	}

	/**
	 * Return where the event is in the spool, or {@code null} if it is in memory only.
	 */
	@Nullable SpooledEvent spooled() {
		return this.spooled;
	}

	void spooled(SpooledEvent spooled) {
		this.spooled = spooled;
	}

	/**
	 * Return the failures of earlier attempts.
	 */
	PoisonDetector.History failures() {
		if (this.failures == null) {
			this.failures = new PoisonDetector.History();
		}
		return this.failures;
	}

	void loaded(LlmUsageEvent event) {
		this.event = event;
	}

	/**
	 * Leave the event to the spool, from which it can be loaded again.
	 */
	void evict() {
		Assert.state(this.spooled != null, "In memory only");
		this.event = null;
	}

}
