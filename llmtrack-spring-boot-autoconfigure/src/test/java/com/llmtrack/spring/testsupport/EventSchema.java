// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wire contract that every sent body must fulfil.
 */
public final class EventSchema {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Schema SCHEMA = read();

	private EventSchema() {
	}

	private static Schema read() {
		try (InputStream schema = EventSchema.class.getResourceAsStream("/event.schema.json")) {
			return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
				.getSchema(schema, InputFormat.JSON);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Validate the body of an event.
	 * @param body the body as it was sent
	 * @return the body as JSON
	 */
	public static JsonNode validated(String body) {
		JsonNode json = JSON.readTree(body);
		assertThat(SCHEMA.validate(json)).as(body).isEmpty();
		return json;
	}

}
