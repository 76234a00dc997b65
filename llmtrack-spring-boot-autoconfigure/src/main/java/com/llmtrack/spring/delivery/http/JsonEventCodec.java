// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventCodec;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes events as bodies of requests to LLMtrack's ingest endpoint, with a JSON mapper
 * that the application's configuration does not affect.
 */
public final class JsonEventCodec implements EventCodec {

	// A single number may take up all of the metadata
	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxNumberLength(10_000)
		.build();

	private final boolean extendedFields;

	private final boolean idempotencyKeys;

	private final JsonMapper json = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/**
	 * Create a codec.
	 * @param extendedFields whether to write fields that LLMtrack accepts but does not
	 * document
	 */
	public JsonEventCodec(boolean extendedFields) {
		this(extendedFields, false);
	}

	private JsonEventCodec(boolean extendedFields, boolean idempotencyKeys) {
		this.extendedFields = extendedFields;
		this.idempotencyKeys = idempotencyKeys;
	}

	/**
	 * Create a codec for the spool, which also keeps the idempotency keys that the
	 * application chose.
	 * @param extendedFields whether to write fields that LLMtrack accepts but does not
	 * document
	 */
	public static JsonEventCodec forSpool(boolean extendedFields) {
		return new JsonEventCodec(extendedFields, true);
	}

	@Override
	public byte[] encode(LlmUsageEvent event) {
		try {
			return this.json.writeValueAsBytes(IngestRequest.of(event, this.extendedFields, this.idempotencyKeys));
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Override
	public LlmUsageEvent decode(byte[] body) {
		try {
			return this.json.readValue(body, IngestRequest.class).toEvent();
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
