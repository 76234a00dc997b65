// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventBuilder;
import com.llmtrack.spring.json.Json;
import com.llmtrack.spring.testsupport.EventSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JsonEventCodec}: an event read from the spool is sent like the
 * recorded one.
 */
class JsonEventCodecTests {

	private final JsonEventCodec codec = new JsonEventCodec(Json.get(), true);

	private final JsonEventCodec plainCodec = new JsonEventCodec(Json.get(), false);

	@ParameterizedTest
	@MethodSource("events")
	void eventIsReadAsItWasWritten(LlmUsageEvent event) {
		byte[] body = this.codec.encode(event);
		EventSchema.validated(text(body));
		LlmUsageEvent decoded = this.codec.decode(body);
		assertThat(text(this.codec.encode(decoded))).isEqualTo(text(body));
		assertThat(decoded.toString()).isEqualTo(event.toString());
		assertThat(decoded.tokens()).isEqualTo(event.tokens());
		assertThat(decoded.latency()).isEqualTo(inMilliseconds(event.latency()));
		assertThat(decoded.feature()).isEqualTo(event.feature());
		assertThat(decoded.environment()).isEqualTo(event.environment());
		assertThat(decoded.customer()).isEqualTo(event.customer());
		assertThat(decoded.cost()).isEqualByComparingTo(event.cost());
		assertThat(decoded.metadata().keySet()).containsExactlyElementsOf(event.metadata().keySet());
	}

	private static Duration inMilliseconds(Duration latency) {
		return (latency != null) ? Duration.ofMillis(latency.toMillis()) : null;
	}

	@Test
	void idempotencyKeyIsKeptByTheSpoolAndIsNoPartOfARequest() {
		LlmUsageEvent event = full().idempotencyKey("batch-1/42").build();
		JsonEventCodec spool = JsonEventCodec.forSpool(Json.get(), true);
		assertThat(spool.decode(spool.encode(event)).idempotencyKey()).isEqualTo("batch-1/42");
		EventSchema.validated(text(this.codec.encode(event)));
		LlmUsageEvent without = full().build();
		assertThat(text(spool.encode(without))).isEqualTo(text(this.codec.encode(without)));
	}

	@ParameterizedTest
	@MethodSource("events")
	void withoutExtendedFieldsTheBodyIsReadAsItWasWrittenToo(LlmUsageEvent event) {
		byte[] body = this.plainCodec.encode(event);
		EventSchema.validated(text(body));
		LlmUsageEvent decoded = this.plainCodec.decode(body);
		assertThat(text(this.plainCodec.encode(decoded))).isEqualTo(text(body));
		assertThat(decoded.environment()).isNull();
		assertThat(decoded.customer()).isNull();
		assertThat(decoded.tokens().accounting()).isNull();
	}

	static Stream<LlmUsageEvent> events() {
		return Stream
			.of(LlmUsageEvent.builder(), full(), full().feature(null), full().metadata(Map.of()),
					full().cost(new BigDecimal("0")), full().cost(new BigDecimal("1E-90")),
					full().cost(new BigDecimal("1E+99")),
					full().cost(new BigDecimal("12345678901234567890.12345678901234567890")),
					full().customer(LlmCustomer.of("4711")), full().tokens(null, 0L, null),
					full().tokens(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
					full().tokens(LlmTokenUsage.builder()
						.cachedInput(0L)
						.reasoning(5L)
						.accounting(LlmTokenAccounting.INCLUSIVE)
						.build()),
					full().latency(Duration.ofMillis(Long.MAX_VALUE)), full().latency(Duration.ofNanos(1_999_999)),
					full().provider("x".repeat(500)).model("\uD83D\uDE00".repeat(300)).feature("\"".repeat(200)),
					full().provider("\u200B").model("\u0000\u2028").feature(" \uFEFF ").environment("\u00A0"))
			.map((event) -> event.cost((event.build().cost() != null) ? event.build().cost() : BigDecimal.ONE))
			.map(LlmUsageEventBuilder::build);
	}

	@Test
	void costIsUnknownIfItWas() {
		LlmUsageEvent event = full().cost(null).build();
		assertThat(this.codec.decode(this.codec.encode(event)).cost()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void statusIsReadInEveryLocale(LlmRequestStatus status) {
		Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));
			LlmUsageEvent event = full().status(status)
				.tokens(LlmTokenUsage.builder()
					.prompt(1L)
					.completion(2L)
					.total(3L)
					.cachedInput(4L)
					.cacheWrite(5L)
					.reasoning(6L)
					.accounting(LlmTokenAccounting.EXCLUSIVE)
					.build())
				.build();
			LlmUsageEvent decoded = this.codec.decode(this.codec.encode(event));
			assertThat(decoded.status()).isEqualTo(status);
			assertThat(decoded.tokens()).isEqualTo(event.tokens());
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	@ParameterizedTest
	@MethodSource("metadata")
	void metadataIsReadAsItWasWritten(Object value) {
		assertRoundTrip(Map.of("value", value, "nested", Map.of("feature", value)));
	}

	static Stream<Object> metadata() {
		return Stream.of("", "text", "\"\\\b\t\n\f\r\u0001\u001F\u2028", "\uD83D\uDE00", "\uD83D", 'c',
				LlmRequestStatus.ERROR, true, false, (byte) -5, (short) 5, 0, Integer.MIN_VALUE, Long.MAX_VALUE,
				new BigInteger("9".repeat(30)), new BigInteger("9".repeat(1500)), new BigDecimal("1.50"),
				new BigDecimal("1E+5"), new BigDecimal("1E-500"), new BigDecimal("1E+999999999"),
				new BigDecimal("0." + "1".repeat(1500)), 0.0, 0.1, 1.0E10, 1.0E-10, 2.0E-3, 1.0E23, Math.PI,
				Double.MIN_VALUE, Double.MAX_VALUE, 0.1F, 1.0E10F, Float.MIN_VALUE, Float.MAX_VALUE, Map.of(),
				Map.of("a", Map.of("b", Map.of("c", 1))));
	}

	@Test
	void metadataAsLargeAsPermittedIsRead() {
		Map<String, Object> metadata = new LinkedHashMap<>();
		for (int i = 0; i < 100; i++) {
			metadata.put("double-" + i, 1.0E10 + i * 1.0E8);
		}
		metadata.put("text", "x".repeat(largest(metadata)));
		assertRoundTrip(metadata);
	}

	private static int largest(Map<String, Object> metadata) {
		Map<String, Object> larger = new LinkedHashMap<>(metadata);
		int fits = 0;
		for (int step = 4096; step > 0; step /= 2) {
			larger.put("text", "x".repeat(fits + step));
			try {
				full().metadata(larger).build();
				fits += step;
			}
			catch (IllegalArgumentException ex) {
				// Too large
			}
		}
		return fits;
	}

	private void assertRoundTrip(Map<String, Object> metadata) {
		byte[] body = this.codec.encode(full().metadata(metadata).build());
		assertThat(text(this.codec.encode(this.codec.decode(body)))).isEqualTo(text(body));
	}

	@Test
	void truncatedBodyIsRefusedWhereverItEnds() {
		byte[] body = this.codec.encode(full().build());
		for (int length = 0; length < body.length; length++) {
			byte[] truncated = Arrays.copyOf(body, length);
			assertThatIllegalArgumentException().as("%s bytes", length).isThrownBy(() -> this.codec.decode(truncated));
			// As a file that lost its end to a crash of the machine
			byte[] zeros = Arrays.copyOf(truncated, body.length);
			assertThatIllegalArgumentException().as("%s bytes", length).isThrownBy(() -> this.codec.decode(zeros));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "1", "[]", "{}", "\"text\"", "{} {}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":1}",
			"{\"provider\":\"openai\",\"latency_ms\":1,\"status\":\"success\"}",
			"{\"model\":\"m\",\"latency_ms\":1,\"status\":\"success\"}",
			"{\"provider\":\"openai\",\"model\":\" \",\"latency_ms\":1,\"status\":\"success\"}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":1,\"status\":\"good\"}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":-1,\"status\":\"success\"}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":1,\"status\":\"success\",\"prompt_tokens\":-1}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":1,\"status\":\"success\",\"cost\":-1}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":1,\"status\":\"success\",\"cost\":\"x\"}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":1,\"status\":\"success\",\"metadata\":[]}",
			"{\"provider\":\"openai\",\"model\":\"m\",\"latency_ms\":1,\"status\":\"success\",\"metadata\":{\"a\":[]}}" })
	void whatIsNoEventIsRefused(String body) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.decode(body.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void fieldsOfLaterVersionsAreIgnored() {
		LlmUsageEvent event = this.codec.decode("""
				{"provider":"openai","model":"m","latency_ms":1,"status":"success","later":{"a":1}}"""
			.getBytes(StandardCharsets.UTF_8));
		assertThat(event.model()).isEqualTo("m");
	}

	@Test
	void eventThatCannotBeWrittenIsRefused() {
		LlmUsageEvent event = full().latency(Duration.ofSeconds(Long.MAX_VALUE)).build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(event));
	}

	/**
	 * With Jackson 2, {@code llmtrack-spring-boot-3} writes the same, which its own test
	 * says: an application may take its spool from Spring Boot 3.5 to 4.
	 */
	@Test
	void eventIsWrittenTheSameWithEveryLibrary() {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("number", 1.5);
		metadata.put("flag", true);
		metadata.put("nested", Map.of("deep", 1));
		LlmUsageEvent event = LlmUsageEvent.builder()
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
			.metadata(metadata)
			.idempotencyKey("batch-1/42")
			.build();
		assertThat(text(JsonEventCodec.forSpool(Json.get(), true).encode(event))).isEqualTo("""
				{"provider":"openai","model":"gpt-4o-mini","prompt_tokens":7,"completion_tokens":3,"total_tokens":10,\
				"reasoning_tokens":2,"cached_input_tokens":4,"cache_accounting":"inclusive",\
				"cost":0.000000000000000000000000000001,"latency_ms":42,"status":"success","customer_id":"4711",\
				"customer_name":"Zoë","environment":"staging","metadata":{"feature":"chat","number":1.5,"flag":true,\
				"nested":{"deep":1}},"idempotency_key":"batch-1/42"}""");
	}

	private static LlmUsageEventBuilder full() {
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.tokens(LlmTokenUsage.builder()
				.prompt(120L)
				.completion(80L)
				.total(200L)
				.cachedInput(100L)
				.cacheWrite(5L)
				.reasoning(64L)
				.accounting(LlmTokenAccounting.EXCLUSIVE)
				.build())
			.latency(Duration.ofMillis(842))
			.status(LlmRequestStatus.CANCELLED)
			.feature("chat-completion")
			.environment("staging")
			.customer(new LlmCustomer("4711", "Ümläut & Söhne"))
			.cost(new BigDecimal("0.00123"))
			.metadata(Map.of("region", "eu"));
	}

	private static String text(byte[] body) {
		return new String(body, StandardCharsets.UTF_8);
	}

}
