// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An event that arrived at an {@link LlmTrackServer}.
 *
 * @since 0.1.0
 */
public final class ReceivedEvent {

	private static final Json JSON = Json.get();

	private final String body;

	private final @Nullable String idempotencyKey;

	ReceivedEvent(String body, @Nullable String idempotencyKey) {
		this.body = body;
		this.idempotencyKey = idempotencyKey;
	}

	/**
	 * Return the event as it arrived.
	 * @return the JSON
	 */
	public String body() {
		return this.body;
	}

	/**
	 * Return the idempotency key, which is the same for all attempts to send the event.
	 * @return the key, or {@code null} if there was none
	 */
	public @Nullable String idempotencyKey() {
		return this.idempotencyKey;
	}

	/**
	 * Return a field of the event.
	 * @param path its name, such as {@code model} or {@code metadata.feature}
	 * @return its value: a string, a number (one with a fraction is a
	 * {@code BigDecimal}), a boolean, a map or a list; {@code null} if it is null or
	 * missing
	 */
	public @Nullable Object get(String path) {
		Object value = JSON.read(this.body.getBytes(StandardCharsets.UTF_8), Object.class);
		for (String name : path.split("\\.")) {
			value = (value instanceof Map<?, ?> map) ? map.get(name) : null;
		}
		return value;
	}

	@Override
	public String toString() {
		return this.body;
	}

}
