// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.List;

/**
 * Stores pending events so that they outlast the process. Used by the delivery thread,
 * which may block on it, unless a method says otherwise. No method throws; the spool
 * itself logs failures.
 */
public interface EventSpool extends AutoCloseable {

	/**
	 * Say that the application is complete, so that the spool may use its resources from
	 * now on. Does not block. May be called by any thread, and more than once; a spool
	 * may be used before that, though it need not store anything then.
	 */
	void open();

	/**
	 * Return how often {@link #upkeep()} is due.
	 * @return the time from one upkeep to the next
	 */
	Duration upkeepInterval();

	/**
	 * Do what is due from time to time: keep the events of this process for this process,
	 * and adopt those of processes that have ended.
	 * @return which events are the caller's; no change if the spool can't be used at
	 * present
	 */
	SpoolUpkeep upkeep();

	/**
	 * Store events.
	 * @param events the events
	 * @return those that were stored; the others found no room, or the spool can't be
	 * used at present
	 */
	List<SpooledEvent> store(List<UnspooledEvent> events);

	/**
	 * Read events.
	 * @param events the stored events
	 * @return what was read
	 */
	LoadedEvents load(List<SpooledEvent> events);

	/**
	 * Remove events, because they were delivered or dropped. What can't be removed at
	 * present is removed later.
	 * @param events the stored events, also those that are {@link LoadedEvents#lost()
	 * lost}
	 */
	void remove(List<SpooledEvent> events);

	/**
	 * Release all resources, and leave the stored events to the next process. May be
	 * called by any thread, and more than once.
	 */
	@Override
	void close();

}
