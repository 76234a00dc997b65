// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Encodes events as bodies of requests to LLMtrack, and decodes them.
 */
public interface EventCodec {

	/**
	 * Encode an event.
	 * @param event the event
	 * @return the body of a request
	 * @throws IllegalArgumentException if the event can't be encoded
	 */
	byte[] encode(LlmUsageEvent event);

	/**
	 * Decode an event.
	 * @param body the body of a request
	 * @return an event that is encoded as this body
	 * @throws IllegalArgumentException if the body is not a complete event
	 */
	LlmUsageEvent decode(byte[] body);

}
