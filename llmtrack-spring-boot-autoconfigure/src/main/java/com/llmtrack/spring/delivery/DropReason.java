// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

/**
 * Why an event was given up.
 *
 * @since 0.1.0
 */
public enum DropReason {

	/**
	 * As many events were waiting as the queue takes.
	 */
	QUEUE_FULL,

	/**
	 * LLMtrack found the event invalid.
	 */
	REJECTED,

	/**
	 * LLMtrack failed on the event again and again while it took others.
	 */
	FAILED,

	/**
	 * The event's file in the spool was damaged or gone.
	 */
	UNREADABLE,

	/**
	 * The event could not be delivered before the application had shut down.
	 */
	SHUTDOWN

}
