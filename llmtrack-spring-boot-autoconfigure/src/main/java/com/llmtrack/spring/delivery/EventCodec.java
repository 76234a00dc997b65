// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Writes events as LLMtrack takes them, and reads them again.
 *
 * @since 0.1.0
 */
public interface EventCodec {

	/**
	 * Write an event.
	 * @param event the event
	 * @return the body of a request
	 * @throws IllegalArgumentException if the event can't be written
	 */
	byte[] encode(LlmUsageEvent event);

	/**
	 * Read an event.
	 * @param body the body of a request
	 * @return an event that is written as this body
	 * @throws IllegalArgumentException if the body is none of an event, or not a whole
	 * one
	 */
	LlmUsageEvent decode(byte[] body);

}
