// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract's own validator against one that is trusted.
 */
class EventContractTests {

	private static final String EVENT = "{\"provider\":\"openai\",\"model\":\"m\",\"prompt_tokens\":1,"
			+ "\"completion_tokens\":null,\"total_tokens\":1,\"latency_ms\":4,\"status\":\"success\"}";

	private static final String LONG = "x".repeat(201);

	private static final Schema SCHEMA = schema();

	private final EventContract contract = new EventContract();

	private static Schema schema() {
		try (InputStream schema = EventContract.class.getResourceAsStream("event.schema.json")) {
			return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
				.getSchema(schema, InputFormat.JSON);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Stream<String> valid() {
		return Stream.of(EVENT, EVENT.replace("1,", "1.0,"), EVENT.replace("openai", "\uD83D\uDE00".repeat(200)),
				EVENT.replace("4", "0"), EVENT.replace("4", "null"), with("\"metadata\":{}"),
				with("\"metadata\":{\"feature\":\"f\",\"other\":[1]}"), with("\"cost\":0.001"),
				with("\"environment\":\"test\",\"customer_id\":\"1\",\"customer_name\":\"A\""),
				with("\"reasoning_tokens\":1,\"cache_accounting\":\"inclusive\""));
	}

	static Stream<String> invalid() {
		return Stream.of("{}", "[]", "1", "null", "\"text\"", EVENT.replace("openai", ""),
				EVENT.replace("openai", " openai"), EVENT.replace("openai", LONG), EVENT.replace("\"openai\"", "null"),
				EVENT.replace("\"openai\"", "1"), EVENT.replace("\"m\"", "\"\""), EVENT.replace("success", "SUCCESS"),
				EVENT.replace("4", "-1"), EVENT.replace("4", "1.5"), EVENT.replace("4", "\"4\""),
				EVENT.replace("\"total_tokens\":1,", ""), EVENT.replace("null", "-1"), with("\"feature\":\"f\""),
				with("\"cost\":-1"), with("\"cost\":null"), with("\"metadata\":[]"),
				with("\"metadata\":{\"feature\":\"\"}"), with("\"metadata\":{\"feature\":1}"),
				with("\"reasoning_tokens\":1"), with("\"cached_input_tokens\":1"), with("\"cache_write_tokens\":1"),
				with("\"cache_accounting\":\"other\""), with("\"environment\":\"" + LONG.substring(100) + "\""),
				with("\"customer_id\":\"" + LONG + "\""));
	}

	private static String with(String field) {
		return EVENT.replace("}", "," + field + "}");
	}

	@ParameterizedTest
	@MethodSource("valid")
	void eventIsValid(String event) {
		assertThat(SCHEMA.validate(event, InputFormat.JSON)).isEmpty();
		assertThat(this.contract.problems(event)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("invalid")
	void eventIsInvalid(String event) {
		assertThat(SCHEMA.validate(event, InputFormat.JSON)).isNotEmpty();
		assertThat(this.contract.problems(event)).isNotEmpty();
	}

	@Test
	void schemaIsTheOneThatTheStarterIsTestedWith() throws Exception {
		try (InputStream schema = EventContract.class.getResourceAsStream("event.schema.json")) {
			assertThat(schema).hasBinaryContent(Files
				.readAllBytes(Path.of("../llmtrack-spring-boot-autoconfigure/src/test/resources/event.schema.json")));
		}
	}

	@Test
	void problemsAreNamed() {
		assertThat(this.contract.problems(EVENT.replace("\"model\":\"m\",", "").replace("4", "-4")))
			.containsExactlyInAnyOrder("body: model is missing", "latency_ms: minimum must be 0");
		assertThat(this.contract.problems(EVENT.replace("null", "\"1\"")))
			.containsExactly("completion_tokens: type must be [\"integer\",\"null\"]");
		assertThat(this.contract.problems("nonsense")).containsExactly("no JSON");
	}

}
