// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponseReader}.
 */
class ResponseReaderTests {

	private static final String KEY = "llmtrack-key";

	private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

	private static final String HTML = "\n<!DOCTYPE html><html><body>Please log in</body></html>";

	private final ResponseReader reader = new ResponseReader(Json.get(), InstantSource.fixed(NOW), KEY);

	@ParameterizedTest
	@MethodSource("responses")
	void statusAndBodyDecide(int status, String body, DeliveryResult result) {
		assertThat(read(status, null, body)).isEqualTo(result);
	}

	static Stream<Arguments> responses() {
		return Stream.of(
				Arguments.of(201, "{\"ok\":true,\"consumption_source\":\"included\"}",
						new DeliveryResult.Accepted(false)),
				Arguments.of(200, """
						{"ok":true,"duplicate":false,"id":"e1","cost":0.1,"consumption_source":"ppe",
						"dashboard_visible":false,"visibility_reason":"x","visibility_context":{"a":[1]},
						"pricing_status":"unknown_model"}""",
						new DeliveryResult.Accepted(false, new BigDecimal("0.1"), true,
								"visibility_reason: x, visibility_context: {\"a\":[1]}")),
				Arguments.of(200, """
						{"ok":true,"cost":"0.1","dashboard_visible":true,"visibility_reason":"x",
						"pricing_status":"ok"}""", new DeliveryResult.Accepted(false)),
				Arguments.of(200, "{\"ok\":true,\"dashboard_visible\":false,\"visibility_reason\":null}",
						new DeliveryResult.Accepted(false, null, false, "no reason given")),
				Arguments.of(200, "{\"ok\":true,\"duplicate\":true}", new DeliveryResult.Accepted(true)),
				Arguments.of(202, "{\"ok\":true}", new DeliveryResult.Accepted(false)),
				Arguments.of(200, HTML, new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "{}", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "{\"ok\":false,\"error\":\"no\"}",
						new DeliveryResult.Misdirected("HTTP 200, error: no")),
				Arguments.of(200, "{\"ok\":\"true\"}", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "{\"ok\":1}", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "[{\"ok\":true}]", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "true", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "null", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "{\"ok\":true", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "{\"ok\":true}<html>", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(200, "", new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(204, "", new DeliveryResult.Misdirected("HTTP 204")),
				Arguments.of(301, HTML, new DeliveryResult.Misdirected("HTTP 301")),
				Arguments.of(302, "{\"ok\":true}", new DeliveryResult.Misdirected("HTTP 302")),
				Arguments.of(307, "", new DeliveryResult.Misdirected("HTTP 307")),
				Arguments.of(400, "{\"error\":\"Invalid payload\"}",
						new DeliveryResult.Rejected("HTTP 400, error: Invalid payload")),
				Arguments.of(400, "{\"error\":\"Invalid payload\",\"code\":\"INVALID_PAYLOAD\",\"field\":\"model\"}",
						new DeliveryResult.Rejected(
								"HTTP 400, error: Invalid payload, code: INVALID_PAYLOAD, field: model")),
				Arguments.of(400, "", new DeliveryResult.Rejected("HTTP 400")),
				Arguments.of(400, HTML, new DeliveryResult.Misdirected("HTTP 400")),
				Arguments.of(402, """
						{"error":"Free plan quota exceeded","code":"FREE_PLAN_QUOTA_EXCEEDED",
						"quota":{"plan":"free","metric":"events","limit":1,"used":1,"remaining":0}}""",
						new DeliveryResult.PlanExhausted(
								"HTTP 402, error: Free plan quota exceeded, code: FREE_PLAN_QUOTA_EXCEEDED")),
				Arguments.of(401, HTML, new DeliveryResult.Misdirected("HTTP 401")),
				Arguments.of(402, HTML, new DeliveryResult.Misdirected("HTTP 402")),
				Arguments.of(403, HTML, new DeliveryResult.Misdirected("HTTP 403")),
				Arguments.of(402, "Usage limit reached", new DeliveryResult.PlanExhausted("HTTP 402")),
				Arguments.of(403, "{\"error\":\"Forbidden\"}",
						new DeliveryResult.KeyRefused("HTTP 403, error: Forbidden")),
				Arguments.of(404, HTML, new DeliveryResult.Misdirected("HTTP 404")),
				Arguments.of(405, "", new DeliveryResult.Misdirected("HTTP 405")),
				Arguments.of(407, HTML, new DeliveryResult.Misdirected("HTTP 407")),
				Arguments.of(408, "", new DeliveryResult.Unavailable("HTTP 408", null)),
				Arguments.of(413, "{}", new DeliveryResult.Rejected("HTTP 413")),
				Arguments.of(413, HTML, new DeliveryResult.Misdirected("HTTP 413")),
				Arguments.of(422, "{\"field\":\"cost\"}", new DeliveryResult.Rejected("HTTP 422, field: cost")),
				Arguments.of(429, HTML, new DeliveryResult.Unavailable("HTTP 429", null)),
				Arguments.of(500, "{\"error\":\"Internal server error\"}",
						new DeliveryResult.Unavailable("HTTP 500, error: Internal server error", null)),
				Arguments.of(502, HTML, new DeliveryResult.Unavailable("HTTP 502", null)),
				Arguments.of(503, "", new DeliveryResult.Unavailable("HTTP 503", null)),
				Arguments.of(504, "{\"ok\":true}", new DeliveryResult.Unavailable("HTTP 504", null)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Missing API key", "Invalid API key", "Revoked API key", "Inactive API key",
			"Invalid workspace for API key" })
	void keyIsRefusedForAReason(String error) {
		assertThat(read(401, null, "{\"error\":\"" + error + "\"}"))
			.isEqualTo(new DeliveryResult.KeyRefused("HTTP 401, error: " + error));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			120                            | PT2M
			' 1 '                          | PT1S
			Tue, 24 Nov 2026 10:05:00 GMT  | PT5M
			Tue, 24 Nov 2026 10:00:01 GMT  | PT1S
			86400                          | PT24H
			""")
	void waitThatIsAskedForIsRead(String retryAfter, Duration delay) {
		assertThat(read(429, retryAfter, "")).isEqualTo(new DeliveryResult.Unavailable("HTTP 429", delay));
		assertThat(read(503, retryAfter, HTML)).isEqualTo(new DeliveryResult.Unavailable("HTTP 503", delay));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "0", "-1", "1.5", "soon", "1e3", "١٢", "Tue, 24 Nov 2026 09:59:59 GMT",
			"Mon, 24 Nov 2026 10:05:00 GMT", "2026-11-24T10:05:00Z", "Tue, 99 Nov 2026 10:05:00 GMT", "120, 240" })
	void waitThatMakesNoSenseIsOurOwn(String retryAfter) {
		assertThat(read(429, retryAfter, "")).isEqualTo(new DeliveryResult.Unavailable("HTTP 429", null));
		assertThat(read(503, retryAfter, "")).isEqualTo(new DeliveryResult.Unavailable("HTTP 503", null));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "999999999", "9999999999", "99999999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT" })
	void waitThatIsAbsurdlyLongIsALongOne(String retryAfter) {
		assertThat(read(429, retryAfter, "")).isInstanceOfSatisfying(DeliveryResult.Unavailable.class,
				(result) -> assertThat(result.retryAfter()).isGreaterThan(Duration.ofDays(365)));
	}

	@Test
	void problemHasNoLineBreaksAndNoControlCharacters() {
		DeliveryResult result = read(400, null,
				"{\"error\":\"\\r\\n a\\tb\\u0000c\\u0085d\\u2028e\\u2029f\\u001b[31mg\\u009bh"
						+ "\\u202ei\\ud800j\\n\"}");
		assertThat(result).isEqualTo(new DeliveryResult.Rejected("HTTP 400, error: a b c d e f [31mg h i j"));
	}

	@Test
	void problemIsBounded() {
		String value = "x".repeat(100_000);
		DeliveryResult result = read(400, null,
				"{\"error\":\"%s\",\"code\":\"%s\",\"field\":\"%s\"}".formatted(value, value, value));
		assertThat(result).isInstanceOfSatisfying(DeliveryResult.Rejected.class,
				(rejected) -> assertThat(rejected.problem()).hasSizeLessThan(700).contains("…, code: x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"message\":\"no\"}}", "{\"error\":[\"no\"]}", "{\"error\":null}",
			"{\"error\":\" \\n \"}", "[]", "\"no\"", "no" })
	void problemIsTheStatusWhereTheBodyNamesNone(String body) {
		assertThat(read(401, null, body)).isEqualTo(new DeliveryResult.KeyRefused("HTTP 401"));
	}

	@Test
	void problemDoesNotQuoteTheKey() {
		assertThat(read(401, null, "{\"error\":\"No such key: llmtrack-key\",\"field\":\"Bearer llmtrack-key\"}"))
			.isEqualTo(new DeliveryResult.KeyRefused("HTTP 401, error: No such key: (key), field: Bearer (key)"));
	}

	@Test
	void problemDoesNotQuoteThePartOfTheKeyThatIsLeftByACut() {
		String error = "x".repeat(195) + KEY;
		assertThat(read(401, null, "{\"error\":\"" + error + "\"}").toString()).doesNotContain("llmt");
	}

	@Test
	void deeplyNestedBodyDoesNoHarm() {
		assertThat(read(200, null, "[".repeat(100_000))).isEqualTo(new DeliveryResult.Misdirected("HTTP 200"));
		assertThat(read(200, null, "{\"ok\":".repeat(100_000))).isEqualTo(new DeliveryResult.Misdirected("HTTP 200"));
	}

	@Test
	void noBodyWhateverMakesItFail() {
		Random random = new Random(42);
		for (int i = 0; i < 10_000; i++) {
			byte[] body = new byte[random.nextInt(20)];
			random.nextBytes(body);
			assertThat(this.reader.read(200, null, body)).isEqualTo(new DeliveryResult.Misdirected("HTTP 200"));
		}
	}

	@Test
	void bodyInAnyUnicodeEncodingIsRead() {
		String body = "{\"ok\":true}";
		assertThat(this.reader.read(201, null, body.getBytes(StandardCharsets.UTF_16BE)))
			.isEqualTo(new DeliveryResult.Accepted(false));
		assertThat(this.reader.read(201, null, ("\uFEFF" + body).getBytes(StandardCharsets.UTF_8)))
			.isEqualTo(new DeliveryResult.Accepted(false));
	}

	private DeliveryResult read(int status, String retryAfter, String body) {
		return this.reader.read(status, retryAfter, body.getBytes(StandardCharsets.UTF_8));
	}

}
