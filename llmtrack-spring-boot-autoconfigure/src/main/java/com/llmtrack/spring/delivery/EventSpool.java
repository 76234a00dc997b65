// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stores pending events so that they outlast the process. Used by the delivery thread,
 * which may block on it. Methods throw only what they declare; the spool itself logs
 * failures.
 */
public interface EventSpool extends AutoCloseable {

	/**
	 * Adopt the events of processes that have ended.
	 * @return the events, the oldest first; empty if there are none, or if the spool
	 * can't be used at present
	 */
	List<SpooledEvent> adopt();

	/**
	 * Store an event.
	 * @param idempotencyKey identifies the event; also to LLMtrack, unless the
	 * application gave it another key
	 * @param recordedAt when the event was recorded
	 * @param event the event
	 * @return the stored event, or {@code null} if there is no room for it or the spool
	 * can't be used at present
	 */
	@Nullable SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event);

	/**
	 * Read an event.
	 * @param event the stored event
	 * @return the event, or {@code null} if it is damaged or gone; then it is no longer
	 * in the spool
	 * @throws UncheckedIOException if it can't be read at present
	 */
	@Nullable LlmUsageEvent load(SpooledEvent event);

	/**
	 * Remove an event, because it was delivered or dropped.
	 * @param event the stored event
	 */
	void remove(SpooledEvent event);

	/**
	 * Release all resources, and leave the stored events to the next process. May be
	 * called by any thread, and more than once.
	 */
	@Override
	void close();

}
