// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.util.Objects;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.json.Json;

/**
 * Encodes events as bodies of requests to LLMtrack's ingest endpoint.
 */
public final class JsonEventCodec implements EventCodec {

	private final Json json;

	private final boolean extendedFields;

	private final boolean idempotencyKeys;

	/**
	 * Create a codec.
	 * @param json writes and reads the bodies
	 * @param extendedFields whether to write fields that LLMtrack accepts but does not
	 * document
	 */
	public JsonEventCodec(Json json, boolean extendedFields) {
		this(json, extendedFields, false);
	}

	private JsonEventCodec(Json json, boolean extendedFields, boolean idempotencyKeys) {
		this.json = json;
		this.extendedFields = extendedFields;
		this.idempotencyKeys = idempotencyKeys;
	}

	/**
	 * Create a codec for the spool, which also keeps the idempotency keys that the
	 * application chose.
	 * @param json writes and reads the bodies
	 * @param extendedFields whether to write fields that LLMtrack accepts but does not
	 * document
	 */
	public static JsonEventCodec forSpool(Json json, boolean extendedFields) {
		return new JsonEventCodec(json, extendedFields, true);
	}

	@Override
	public byte[] encode(LlmUsageEvent event) {
		try {
			return this.json.write(IngestRequest.of(event, this.extendedFields, this.idempotencyKeys));
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Override
	public LlmUsageEvent decode(byte[] body) {
		try {
			return Objects.requireNonNull(this.json.read(body, IngestRequest.class)).toEvent();
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
