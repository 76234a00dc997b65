// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

/**
 * Why an event was dropped.
 */
public enum DropReason {

	/**
	 * The queue was full.
	 */
	QUEUE_FULL,

	/**
	 * LLMtrack found the event invalid.
	 */
	REJECTED,

	/**
	 * LLMtrack failed on the event again and again while it accepted others.
	 */
	FAILED,

	/**
	 * The event's file in the spool was damaged or gone.
	 */
	UNREADABLE,

	/**
	 * The event could not be delivered before the application had shut down.
	 */
	SHUTDOWN,

	/**
	 * The event was pending when a library turned out to be missing, without which none
	 * can be sent.
	 */
	OFF

}
