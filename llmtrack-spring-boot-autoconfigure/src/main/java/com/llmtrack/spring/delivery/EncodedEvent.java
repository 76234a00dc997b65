// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * An event as a spool stores it.
 *
 * @param event what identifies it
 * @param body the body of the request
 */
public record EncodedEvent(SpooledEvent event, byte[] body) {

	/**
	 * Encode an event.
	 * @param event the event
	 * @param codec encodes it
	 * @return the encoded event, or {@code null} if it can't be encoded. Then it can't be
	 * sent either, which is reported when it is tried.
	 */
	public static @Nullable EncodedEvent of(UnspooledEvent event, EventCodec codec) {
		try {
			byte[] body = codec.encode(event.event());
			return new EncodedEvent(new SpooledEvent(event.idempotencyKey(),
					event.recordedAt().truncatedTo(ChronoUnit.MILLIS), body.length), body);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
