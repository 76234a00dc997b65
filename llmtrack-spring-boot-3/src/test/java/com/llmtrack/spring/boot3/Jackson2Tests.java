// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Jackson2}: it writes and reads what Jackson 3 does.
 */
class Jackson2Tests {

	private final Jackson2 json = new Jackson2();

	private final JsonEventCodec codec = JsonEventCodec.forSpool(this.json, true);

	@Test
	void isUsedIfJackson3IsMissingOrDoesNotFitTheAnnotations() {
		assertThat(Json.isAvailable(getClass().getClassLoader())).isTrue();
		assertThat(Json.get()).isInstanceOf(Jackson2.class);
	}

	@Test
	void writesAnEventByItsAnnotations() {
		assertThat(text(this.codec.encode(full()))).isEqualTo("""
				{"provider":"openai","model":"gpt-4o-mini","prompt_tokens":7,"completion_tokens":3,"total_tokens":10,\
				"reasoning_tokens":2,"cached_input_tokens":4,"cache_accounting":"inclusive",\
				"cost":0.000000000000000000000000000001,"latency_ms":42,"status":"success","customer_id":"4711",\
				"customer_name":"Zoë","environment":"staging","metadata":{"feature":"chat","number":1.5,"flag":true,\
				"nested":{"deep":1}},"idempotency_key":"batch-1/42"}""");
		assertThat(text(this.codec.encode(LlmUsageEvent.builder().build()))).isEqualTo("""
				{"provider":"unknown","model":"unknown","prompt_tokens":null,"completion_tokens":null,\
				"total_tokens":null,"latency_ms":null,"status":"success"}""");
	}

	@Test
	void readsAnEventAsItWasWritten() {
		LlmUsageEvent decoded = this.codec.decode(this.codec.encode(full()));
		assertThat(decoded.toString()).isEqualTo(full().toString());
		assertThat(decoded.metadata()).isEqualTo(full().metadata());
		assertThat(decoded.cost()).isEqualByComparingTo(full().cost());
		assertThat(decoded.idempotencyKey()).isEqualTo("batch-1/42");
	}

	private static LlmUsageEvent full() {
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.tokens(LlmTokenUsage.builder()
				.prompt(7L)
				.completion(3L)
				.total(10L)
				.cachedInput(4L)
				.reasoning(2L)
				.accounting(LlmTokenAccounting.INCLUSIVE)
				.build())
			.latency(Duration.ofMillis(42))
			.feature("chat")
			.customer(new LlmCustomer("4711", "Zoë"))
			.environment("staging")
			.cost(new BigDecimal("1E-30"))
			.metadata(metadata())
			.idempotencyKey("batch-1/42")
			.build();
	}

	private static Map<String, Object> metadata() {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("number", 1.5);
		metadata.put("flag", true);
		metadata.put("nested", Map.of("deep", 1));
		return metadata;
	}

	@Test
	void ignoresPropertiesThatALaterVersionMayHaveWritten() {
		assertThat(this.codec.decode(bytes("""
				{"provider":"openai","model":"m","status":"success","some_day":[1]}""")).model()).isEqualTo("m");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "{", "null", "[]", "{}", "\u0000", "{\"provider\":\"a\",\"model\":\"b\",\"status\":\"c\"}",
					"{\"provider\":\"a\",\"model\":\"b\",\"status\":\"success\"} {}" })
	void whatIsNoEventIsRefused(String body) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decode(bytes(body)));
	}

	@Test
	void readsAnyValue() {
		assertThat(this.json.read(bytes("{\"a\":[1,2.50,true,null,\"x\"]}"), Object.class))
			.isEqualTo(Map.of("a", Arrays.asList(1, new BigDecimal("2.50"), true, null, "x")));
		assertThat(this.json.read(bytes("null"), Object.class)).isNull();
		assertThat(this.json.read(bytes("9".repeat(9_000)), Object.class)).isInstanceOf(Number.class);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.json.read(bytes("9".repeat(Json.MAX_NUMBER_LENGTH + 1)), Object.class));
		assertThatIllegalArgumentException().isThrownBy(() -> this.json.write(List.of(new Object())));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8);
	}

}
