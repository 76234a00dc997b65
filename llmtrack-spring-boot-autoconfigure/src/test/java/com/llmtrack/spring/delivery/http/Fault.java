// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

/**
 * A fault that a request may meet in the soak test.
 */
enum Fault {

	/** Nothing. */
	NONE,

	/** The answer comes late, but in time. */
	SLOW,

	/** The server fails. */
	SERVER_ERROR,

	/** The server asks to wait. */
	TOO_MANY_REQUESTS,

	/** The server asks to wait. */
	UNAVAILABLE,

	/** The connection is reset before the answer, and nothing is stored. */
	RESET_BEFORE_ANSWER,

	/** The event is stored, and the connection is reset within the answer. */
	RESET_WITHIN_ANSWER,

	/** The event is stored, and the connection is reset right after the answer. */
	RESET_AFTER_ANSWER,

	/** The connection is closed without an answer, and nothing is stored. */
	EMPTY_REPLY,

	/** The event is stored, and the connection is closed without an answer. */
	LOST_ANSWER,

	/** The event is stored, and the answer comes byte by byte, too late. */
	DRIP,

	/** No answer comes, and nothing is stored. */
	STALL,

	/** The server can't be reached for a while. */
	DOWN,

	/** The key is refused for a short time, which pauses delivery for much longer. */
	UNAUTHORIZED,

	/** A captive portal answers, which pauses delivery. */
	HTML,

	/** The event is stored, but the answer is no JSON, which pauses delivery. */
	MALFORMED;

	/**
	 * Return whether the client can't know what became of its event.
	 */
	boolean isAmbiguous() {
		return switch (this) {
			case RESET_BEFORE_ANSWER, RESET_WITHIN_ANSWER, RESET_AFTER_ANSWER, EMPTY_REPLY, LOST_ANSWER, DRIP, STALL,
					DOWN, MALFORMED ->
				true;
			default -> false;
		};
	}

	/**
	 * Return whether delivery pauses for half a minute at least.
	 */
	boolean isPausing() {
		return ordinal() >= UNAUTHORIZED.ordinal();
	}

}
