// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of its own lease. Used by one thread at a time.
 */
final class InstanceLease {

	/**
	 * How much later than this instance another one may notice that the database is back:
	 * it may have begun to wait for an answer, and then leave it alone for a while.
	 */
	private static final long MAX_DELAY_OF_OTHERS = Duration.ofSeconds(20).toNanos();

	private final long length;

	private final LongSupplier clock;

	private @Nullable Long takenAt;

	private @Nullable Long renewedAt;

	/**
	 * Create a lease that is not taken yet.
	 * @param length how long it lasts
	 * @param clock tells the time, in nanoseconds
	 */
	InstanceLease(Duration length, LongSupplier clock) {
		this.length = length.toNanos();
		this.clock = clock;
	}

	/**
	 * Count the lease as renewed.
	 * @param begin when its renewal began
	 * @param held whether the database found it held
	 * @return whether it was held without a break until then. If not, other instances may
	 * have taken over events, even if the database found it held: an earlier renewal may
	 * have come there late, after it had expired.
	 */
	boolean renewed(long begin, boolean held) {
		boolean unbroken = held && this.renewedAt != null && begin - this.renewedAt < this.length;
		if (!unbroken) {
			this.takenAt = begin;
		}
		this.renewedAt = begin;
		return unbroken;
	}

	/**
	 * Count the lease as released.
	 */
	void released() {
		this.takenAt = null;
		this.renewedAt = null;
	}

	/**
	 * Return whether it is time to renew the lease: there are three such times before it
	 * expires.
	 */
	boolean isDue() {
		return this.renewedAt == null || age(this.renewedAt) >= this.length / 3;
	}

	/**
	 * Return whether the lease is held, as far as can be told without the database.
	 */
	boolean isHeld() {
		return this.renewedAt != null && age(this.renewedAt) < this.length;
	}

	/**
	 * Return whether the lease has been held without a break for its whole length, and
	 * long enough for every other instance that lives to have renewed its own, also if
	 * none of them could for a while.
	 */
	boolean isHeldForLong() {
		return isHeld() && this.takenAt != null && age(this.takenAt) >= Math.max(this.length, MAX_DELAY_OF_OTHERS);
	}

	private long age(long time) {
		return this.clock.getAsLong() - time;
	}

}
