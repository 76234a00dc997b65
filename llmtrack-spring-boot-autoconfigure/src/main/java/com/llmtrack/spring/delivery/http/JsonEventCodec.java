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
 * Writes events as the bodies of requests to LLMtrack's ingest endpoint. Has a JSON
 * mapper of its own, which the application's configuration of JSON does not reach.
 *
 * @since 0.1.0
 */
public final class JsonEventCodec implements EventCodec {

	// Metadata may hold one number as long as itself
	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxNumberLength(10_000)
		.build();

	private final boolean extendedFields;

	private final JsonMapper json = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/**
	 * Create a codec.
	 * @param extendedFields whether to write fields that LLMtrack accepts but does not
	 * document
	 */
	public JsonEventCodec(boolean extendedFields) {
		this.extendedFields = extendedFields;
	}

	@Override
	public byte[] encode(LlmUsageEvent event) {
		try {
			return this.json.writeValueAsBytes(IngestRequest.of(event, this.extendedFields));
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
