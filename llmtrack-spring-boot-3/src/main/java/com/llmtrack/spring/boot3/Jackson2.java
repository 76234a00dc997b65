// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson 2, with the defaults of Jackson 3. A service, and public for that only.
 */
public final class Jackson2 implements Json {

	private final JsonMapper mapper = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(MAX_NUMBER_LENGTH).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@Override
	public byte[] write(Object value) {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (IOException | RuntimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Override
	public <T> @Nullable T read(byte[] json, Class<T> type) {
		try {
			return this.mapper.readValue(json, type);
		}
		catch (IOException | RuntimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
