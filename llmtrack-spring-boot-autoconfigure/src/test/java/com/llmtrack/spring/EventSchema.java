/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring;

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
 * The wire contract, which every body that a test sends must fulfil.
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
