// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventBuilder;
import com.llmtrack.spring.testsupport.EventSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IngestRequest}.
 */
class IngestRequestTests {

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void plainEventIsTheDocumentedBody() {
		assertThat(body(plain())).isEqualTo("""
				{"provider":"openai","model":"gpt-4o-mini","prompt_tokens":120,"completion_tokens":80,\
				"total_tokens":200,"latency_ms":842,"status":"success","metadata":{"feature":"chat-completion"}}""");
	}

	@Test
	void whatIsUnknownIsNullOrLeftOut() {
		assertThat(body(LlmUsageEvent.builder())).isEqualTo("""
				{"provider":"unknown","model":"unknown","prompt_tokens":null,"completion_tokens":null,\
				"total_tokens":null,"latency_ms":null,"status":"success"}""");
	}

	@Test
	void unknownTotalIsNotSummedUp() {
		JsonNode body = validated(plain().tokens(120L, null, null));
		assertThat(body.at("/prompt_tokens").asInt()).isEqualTo(120);
		assertThat(body.at("/completion_tokens").isNull()).isTrue();
		assertThat(body.at("/total_tokens").isNull()).isTrue();
	}

	@Test
	void zeroTokensAreNotUnknown() {
		assertThat(body(plain().tokens(0L, 0L, 0L)))
			.contains("\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0");
	}

	@Test
	void largeNumbersStayWholeNumbers() {
		assertThat(body(plain().tokens(Long.MAX_VALUE, 1L, Long.MAX_VALUE).latency(Duration.ofDays(10_000))))
			.contains("\"prompt_tokens\":9223372036854775807", "\"latency_ms\":864000000000,");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0", "PT0.0009S, 0", "PT0.0019999S, 1", "PT1M, 60000" })
	void latencyIsInWholeMilliseconds(Duration latency, long milliseconds) {
		JsonNode field = validated(plain().latency(latency)).at("/latency_ms");
		assertThat(field.isIntegralNumber()).isTrue();
		assertThat(field.asLong()).isEqualTo(milliseconds);
	}

	@Test
	void environmentIsSentWhenThereIsOne() {
		assertThat(body(plain().environment("staging"))).contains("\"status\":\"success\",\"environment\":\"staging\"");
		assertThat(body(plain().environment(" "))).doesNotContain("environment");
	}

	@Test
	void inclusiveDetailsAreSentWhenThereAreAny() {
		assertThat(body(plain().tokens(LlmTokenUsage.builder()
			.prompt(120L)
			.completion(80L)
			.total(200L)
			.cachedInput(100L)
			.reasoning(64L)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build()))).contains("""
					"total_tokens":200,"reasoning_tokens":64,"cached_input_tokens":100,\
					"cache_accounting":"inclusive","latency_ms\"""");
	}

	@Test
	void exclusiveDetailsAreSentWhenThereAreAny() {
		assertThat(body(plain().tokens(LlmTokenUsage.builder()
			.prompt(120L)
			.completion(80L)
			.total(200L)
			.cachedInput(1000L)
			.cacheWrite(5L)
			.accounting(LlmTokenAccounting.EXCLUSIVE)
			.build()))).contains("""
					"total_tokens":200,"cached_input_tokens":1000,"cache_write_tokens":5,\
					"cache_accounting":"exclusive","latency_ms\"""");
	}

	@ParameterizedTest
	@EnumSource
	void accountingIsSpeltAsAcceptedWhateverTheLocale(LlmTokenAccounting accounting) {
		Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));
			JsonNode body = validated(plain().tokens(LlmTokenUsage.builder()
				.prompt(1L)
				.completion(1L)
				.total(2L)
				.cachedInput(1L)
				.accounting(accounting)
				.build()));
			assertThat(body.at("/cache_accounting").asString()).isIn("inclusive", "exclusive");
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "0.0, 0.0", "1E+2, 100", "1E-8, 0.00000001", "0.000000000123, 0.000000000123",
			"12345678901234567890.12345678901234567890, 12345678901234567890.12345678901234567890" })
	void costIsAPlainNumber(BigDecimal cost, String expected) {
		assertThat(body(plain().cost(cost))).contains(",\"cost\":" + expected + ",\"latency_ms\":842,");
		assertThat(validated(plain().cost(cost)).at("/cost").isNumber()).isTrue();
	}

	@Test
	void costAndCustomerAreLeftOutWhenUnknown() {
		assertThat(body(plain())).doesNotContain("cost", "customer");
	}

	@Test
	void customerIsSentWhenThereIsOne() {
		assertThat(body(plain().customer(new LlmCustomer("4711", "Acme"))))
			.contains("\"status\":\"success\",\"customer_id\":\"4711\",\"customer_name\":\"Acme\",");
		assertThat(body(plain().customer(LlmCustomer.of("4711")))).contains("\"customer_id\":\"4711\"")
			.doesNotContain("customer_name");
	}

	@Test
	void metadataIsSentBesideTheFeature() {
		assertThat(body(plain().metadata(Map.of("app", Map.of("version", 2)))))
			.endsWith("\"metadata\":{\"feature\":\"chat-completion\",\"app\":{\"version\":2}}}");
		assertThat(body(plain().feature(null).metadata(Map.of("region", "eu"))))
			.endsWith("\"metadata\":{\"region\":\"eu\"}}");
	}

	@Test
	void withoutExtendedFieldsCostAndMetadataStay() {
		LlmUsageEventBuilder event = plain().cost(BigDecimal.ONE).metadata(Map.of("region", "eu"));
		assertThat(body(event.customer(LlmCustomer.of("4711")).build(), false))
			.isEqualTo(body(event.customer(null).build(), true));
	}

	@ParameterizedTest
	@MethodSource("oddNames")
	void oddTextsAreValid(String text) {
		String metadata = (text.length() < 1000) ? text : "long";
		JsonNode body = validated(
				plain().metadata(Map.of("a" + metadata, metadata)).customer(new LlmCustomer("a" + text, text)));
		assertThat(body.at("/customer_id").asString()).startsWith("a").hasSizeLessThanOrEqualTo(200);
	}

	@Test
	void withoutExtendedFieldsTheBodyIsTheDocumentedOne() {
		LlmUsageEvent event = plain().environment("staging")
			.tokens(LlmTokenUsage.builder()
				.prompt(120L)
				.completion(80L)
				.total(200L)
				.cachedInput(100L)
				.cacheWrite(5L)
				.reasoning(64L)
				.accounting(LlmTokenAccounting.INCLUSIVE)
				.build())
			.build();
		assertThat(body(event, false)).isEqualTo(body(plain()));
	}

	@Test
	void metadataIsLeftOutWithoutAFeature() {
		assertThat(body(plain().feature(null))).doesNotContain("metadata");
		assertThat(body(plain().feature(" \n"))).doesNotContain("metadata");
	}

	@ParameterizedTest
	@EnumSource
	void statusIsSpeltAsDocumentedWhateverTheLocale(LlmRequestStatus status) {
		Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));
			assertThat(validated(plain().status(status)).at("/status").asString())
				.isIn(List.of("success", "error", "timeout", "cancelled"));
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	@ParameterizedTest
	@MethodSource("oddNames")
	void oddNamesAreValid(String name) {
		JsonNode body = validated(plain().provider(name).model(name).feature(name).environment(name));
		assertThat(body.at("/provider").asString()).hasSizeLessThanOrEqualTo(200);
		assertThat(body.at("/model").asString()).hasSizeLessThanOrEqualTo(200);
		assertThat(body.at("/metadata/feature").asString("none")).hasSizeLessThanOrEqualTo(200);
		assertThat(body.at("/environment").asString("none")).hasSizeLessThanOrEqualTo(100);
	}

	static Stream<String> oddNames() {
		return Stream.of("", " ", "\n", "\u00A0", "\u2003\u3000", "\uFEFF", "\u0000", "\u001F", "\u0085", "\u2028",
				" name ", "\u00A0name\uFEFF", "two\nlines", "two\r\n\r\nlines", "tab\there", "nul\u0000l",
				"\u2028name\u2029", "x".repeat(200), "x".repeat(201), "x".repeat(500),
				"x".repeat(99) + " " + "y".repeat(500), "x".repeat(199) + " " + "y", "x".repeat(100_000),
				"\uD83D\uDE00".repeat(300), "x".repeat(199) + "\uD83D\uDE00",
				"x".repeat(99) + "\uD83D\uDE00" + "y".repeat(200), "\uD83D", "\uDE00name", "na\uD83Dme",
				"name\uDE00\uD83D", "\uD83D".repeat(300), "\"quoted\\\"", "</script>", "{\"a\":1}",
				"${jndi:ldap://localhost}", "\u202Egnp.exe", "e\u0301", "\u200B");
	}

	private static LlmUsageEventBuilder plain() {
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.tokens(120L, 80L, 200L)
			.latency(Duration.ofMillis(842))
			.feature("chat-completion");
	}

	private JsonNode validated(LlmUsageEventBuilder event) {
		return EventSchema.validated(body(event));
	}

	private String body(LlmUsageEventBuilder event) {
		return body(event.build(), true);
	}

	private String body(LlmUsageEvent event, boolean extendedFields) {
		String body = new String(this.json.writeValueAsBytes(IngestRequest.of(event, extendedFields, false)),
				StandardCharsets.UTF_8);
		EventSchema.validated(body);
		return body;
	}

}
