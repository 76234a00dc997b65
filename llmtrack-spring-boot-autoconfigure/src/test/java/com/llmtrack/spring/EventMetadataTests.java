// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventMetadata}.
 */
class EventMetadataTests {

	private static final int MAX_BYTES = 8192;

	private static final String EMOJI = "\uD83D\uDE00";

	private final JsonMapper json = JsonMapper.builder().build();

	@ParameterizedTest
	@MethodSource("allowed")
	void valueIsKept(Object value, Object expected) {
		assertThat(EventMetadata.copyOf(Map.of("key", value))).isEqualTo(Map.of("key", expected));
	}

	static Stream<Arguments> allowed() {
		return Stream
			.of(new Object[] { "text", "text" }, new Object[] { "", "" }, new Object[] { new StringBuilder("a"), "a" },
					new Object[] { 'c', "c" }, new Object[] { TimeUnit.DAYS, "DAYS" }, new Object[] { true, true },
					new Object[] { 1, 1 }, new Object[] { Long.MIN_VALUE, Long.MIN_VALUE },
					new Object[] { (short) 2, (short) 2 }, new Object[] { (byte) 3, (byte) 3 },
					new Object[] { 1.5, 1.5 }, new Object[] { 1.5f, 1.5f },
					new Object[] { BigInteger.TEN, BigInteger.TEN },
					new Object[] { new BigDecimal("1E+3"), new BigDecimal("1E+3") },
					new Object[] { new AtomicInteger(4), BigDecimal.valueOf(4) },
					new Object[] { new AtomicLong(5), BigDecimal.valueOf(5) })
			.map(Arguments::of);
	}

	@ParameterizedTest
	@MethodSource("refused")
	void whatLlmTrackDoesNotAcceptIsRefused(Object value) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventMetadata.copyOf(Map.of("key", value)))
			.withMessageContaining(value.getClass().getName());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventMetadata.copyOf(Map.of("outer", Map.of("key", value))));
	}

	static Stream<Arguments> refused() {
		return Stream
			.of(List.of(), List.of("a"), Set.of(1), new String[] { "a" }, new int[] { 1 }, new Object(),
					Optional.of("a"), new Date(0), Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
					notANumber(), new OddNumber())
			.map((value) -> Arguments.of(new Object[] { value }));
	}

	private static DoubleAdder notANumber() {
		DoubleAdder adder = new DoubleAdder();
		adder.add(Double.NaN);
		return adder;
	}

	@Test
	void refusalDoesNotQuoteTheValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> EventMetadata.copyOf(Map.of("key", List.of("secret"))))
			.withMessageNotContaining("secret");
	}

	@Test
	void keyThatIsNoTextIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EventMetadata.copyOf(Map.of("key", Map.of(1, "one"))));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventMetadata.copyOf(Map.of("key", Collections.singletonMap(null, "one"))));
	}

	@Test
	void featureIsRefusedButOnlyAtTheTop() {
		assertThatIllegalArgumentException().isThrownBy(() -> EventMetadata.copyOf(Map.of("feature", "search")));
		assertThat(EventMetadata.copyOf(Map.of("app", Map.of("feature", "search")))).hasSize(1);
	}

	@Test
	void nullIsLeftOut() {
		Map<String, Object> nested = new HashMap<>();
		nested.put("nothing", null);
		nested.put("something", 1);
		Map<String, Object> metadata = new HashMap<>();
		metadata.put("nothing", null);
		metadata.put("feature", null);
		metadata.put("nested", nested);
		assertThat(EventMetadata.copyOf(metadata)).isEqualTo(Map.of("nested", Map.of("something", 1)));
	}

	@Test
	void copyKeepsItsOrderAndDoesNotChange() {
		Map<String, Object> nested = new LinkedHashMap<>(Map.of("a", 1));
		StringBuilder text = new StringBuilder("before");
		AtomicInteger number = new AtomicInteger(1);
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("z", text);
		metadata.put("nested", nested);
		metadata.put("a", number);
		Map<String, Object> copy = EventMetadata.copyOf(metadata);
		nested.put("b", 2);
		metadata.clear();
		text.append(" and after");
		number.set(2);
		assertThat(this.json.writeValueAsString(copy)).isEqualTo("{\"z\":\"before\",\"nested\":{\"a\":1},\"a\":1}");
		assertThat(copy).isUnmodifiable();
	}

	@Test
	void nestingIsBounded() {
		Map<String, Object> metadata = new HashMap<>();
		metadata.put("self", metadata);
		assertThatIllegalArgumentException().isThrownBy(() -> EventMetadata.copyOf(metadata))
			.withMessageContaining("deep");
		assertThat(EventMetadata.copyOf(nested(15))).hasSize(1);
	}

	private static Map<String, Object> nested(int depth) {
		return Map.of("a", (depth > 1) ? nested(depth - 1) : "end");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\"", "\\", "/", "\n", "\t", "\b", "\f", "\r", "\u0000", "\u001B", "\u007F", "ä", "€",
			"\u2028", EMOJI, "\uFFFF", "\uD83D", "\uDE00", "</script>", " " })
	void sizeIsWhatJacksonWrites(String text) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put(text, text.repeat(3));
		metadata.put("a" + text, Map.of("b", 1.5, "c" + text, Map.of(), "d", true));
		metadata.put("number", new BigDecimal("0.00000001"));
		assertSizeIsWhatJacksonWrites(EventMetadata.copyOf(metadata), "feature " + text.strip() + ".");
	}

	@Test
	void sizeOfManyEntriesIsWhatJacksonWrites() {
		assertSizeIsWhatJacksonWrites(IntStream.range(0, 100)
			.boxed()
			.collect(Collectors.toMap((index) -> "key" + index, (index) -> "value" + index)), "search");
		assertSizeIsWhatJacksonWrites(Map.of("a", 1), null);
	}

	/**
	 * Fill metadata up to the limit by what Jackson says, and see that one byte more is
	 * refused.
	 */
	private void assertSizeIsWhatJacksonWrites(Map<String, Object> metadata, String feature) {
		Map<String, Object> full = new LinkedHashMap<>(metadata);
		full.put("filler", "");
		full.put("filler", "x".repeat(MAX_BYTES - bytes(full, feature)));
		assertThat(bytes(full, feature)).isEqualTo(MAX_BYTES);
		LlmUsageEvent event = LlmUsageEvent.builder().feature(feature).metadata(full).build();
		assertThat(event.metadata()).isEqualTo(full);
		full.merge("filler", "x", (before, more) -> before.toString() + more);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LlmUsageEvent.builder().feature(feature).metadata(full).build())
			.withMessageContaining("8193");
	}

	private int bytes(Map<String, Object> metadata, String feature) {
		Map<String, Object> sent = new LinkedHashMap<>();
		if (feature != null) {
			sent.put("feature", LlmUsageEvent.builder().feature(feature).build().feature());
		}
		sent.putAll(metadata);
		return this.json.writeValueAsBytes(sent).length;
	}

	@Test
	void halfOfASurrogatePairIsReplaced() {
		Map<String, Object> metadata = EventMetadata.copyOf(Map.of("a\uD83D", "b\uDE00" + EMOJI));
		assertThat(metadata).isEqualTo(Map.of("a?", "b?" + EMOJI));
		assertThat(new String(this.json.writeValueAsBytes(metadata), StandardCharsets.UTF_8)).contains("a?");
	}

	@Test
	void featureAloneIsNeverTooLarge() {
		assertThat(LlmUsageEvent.builder().feature(EMOJI.repeat(100)).build().metadata()).isEmpty();
	}

	@Test
	void nothingButAnObjectIsMetadata() {
		assertThatIllegalArgumentException().isThrownBy(() -> LlmUsageEvent.builder().metadata(null));
	}

	@SuppressWarnings("serial")
	private static final class OddNumber extends Number {

		@Override
		public int intValue() {
			return 1;
		}

		@Override
		public long longValue() {
			return 1;
		}

		@Override
		public float floatValue() {
			return 1;
		}

		@Override
		public double doubleValue() {
			return 1;
		}

		@Override
		public String toString() {
			return "one";
		}

	}

}
