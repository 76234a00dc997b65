// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param event what identifies it
 * @param body the body of the request
 */
record EventRow(SpooledEvent event, String body) {

	/**
	 * Return the row of an event, or {@code null} if the event can't be encoded. Then it
	 * can't be sent either, which is reported when it is tried.
	 */
	static @Nullable EventRow of(UnspooledEvent event, EventCodec codec) {
		try {
			byte[] body = codec.encode(event.event());
			return new EventRow(new SpooledEvent(event.idempotencyKey(),
					event.recordedAt().truncatedTo(ChronoUnit.MILLIS), body.length),
					new String(body, StandardCharsets.UTF_8));
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
