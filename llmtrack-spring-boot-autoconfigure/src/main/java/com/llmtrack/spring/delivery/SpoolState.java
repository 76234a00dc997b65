// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Whether a spool can take events: it counts what this process has in it against the
 * bounds, and after a failure lets some time pass before the spool is used again. Used by
 * one thread at a time.
 */
public final class SpoolState {

	/** How long to leave a spool alone that has failed. */
	public static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

	private final int maxEvents;

	private final long maxBytes;

	private final SpoolLog log;

	private final long retryInterval;

	private final LongSupplier clock;

	private @Nullable Long failedAt;

	private int events;

	private long bytes;

	/**
	 * Create the state of an empty spool.
	 * @param maxEvents how many events this process may have in it
	 * @param maxBytes how much space they may take altogether
	 * @param retryInterval how long to leave the spool alone after a failure
	 * @param log says when the state changes
	 * @param clock tells the time, in nanoseconds since any point
	 */
	public SpoolState(int maxEvents, long maxBytes, Duration retryInterval, SpoolLog log, LongSupplier clock) {
		this.maxEvents = maxEvents;
		this.maxBytes = maxBytes;
		this.retryInterval = retryInterval.toNanos();
		this.log = log;
		this.clock = clock;
	}

	/**
	 * Return whether the spool may be used: it has not failed, or not for some time.
	 * @return whether it may be used
	 */
	public boolean isUsable() {
		Long failedAt = this.failedAt;
		return failedAt == null || this.clock.getAsLong() - failedAt >= this.retryInterval;
	}

	/**
	 * Return whether there has been no success since the last failure.
	 * @return whether the spool has failed
	 */
	public boolean isFailed() {
		return this.failedAt != null;
	}

	/**
	 * Return whether there is room for one more event, and log it if not.
	 * @param size the space that the event takes, in bytes
	 * @return whether there is room
	 */
	public boolean hasRoom(long size) {
		boolean room = this.events < this.maxEvents && this.bytes + size <= this.maxBytes;
		if (!room) {
			this.log.full(this.events, this.bytes);
		}
		return room;
	}

	/**
	 * Return how many further events there is room for.
	 * @return the number of events
	 */
	public int roomForEvents() {
		return Math.max(0, this.maxEvents - this.events);
	}

	/**
	 * Return how much space is left.
	 * @return the space, in bytes
	 */
	public long roomForBytes() {
		return Math.max(0, this.maxBytes - this.bytes);
	}

	/**
	 * Count an event that was stored or adopted.
	 * @param event the event
	 */
	public void added(SpooledEvent event) {
		this.events++;
		this.bytes += event.size();
		this.log.notFull();
	}

	/**
	 * Count an event that was removed.
	 * @param event the event
	 */
	public void removed(SpooledEvent event) {
		this.events--;
		this.bytes -= event.size();
	}

	/**
	 * The spool works, or works again.
	 */
	public void succeeded() {
		if (this.failedAt != null) {
			this.failedAt = null;
			this.log.recovered();
		}
	}

	/**
	 * The spool can't be used at present.
	 * @param failure why
	 */
	public void failed(Exception failure) {
		this.failedAt = this.clock.getAsLong();
		this.log.failed(failure);
	}

}
