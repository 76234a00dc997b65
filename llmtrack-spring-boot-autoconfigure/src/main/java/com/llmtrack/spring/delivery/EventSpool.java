// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pending events where they outlast the process. Used by the delivery thread, which
 * may wait for it; no method throws anything but what it says, and what goes wrong is
 * logged by the spool itself.
 *
 * @since 0.1.0
 */
public interface EventSpool extends AutoCloseable {

	/**
	 * Take over what earlier processes left, and others that have died meanwhile.
	 * @return the events, the oldest first; empty if there are none, or if the spool
	 * can't be used at present
	 */
	List<SpooledEvent> adopt();

	/**
	 * Store an event.
	 * @param idempotencyKey identifies the event to LLMtrack
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
	 * Release what the spool holds, and leave what is in it to the next process. May be
	 * called by any thread, and more than once.
	 */
	@Override
	void close();

}
