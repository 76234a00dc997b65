// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Checks metadata against what LLMtrack accepts: strings, numbers, booleans and nested
 * objects, no lists, at most 8,192 bytes of JSON.
 */
final class EventMetadata {

	private static final int MAX_BYTES = 8192;

	private static final int MAX_DEPTH = 16;

	private static final String FEATURE = "feature";

	// Cannot be encoded as UTF-8, so it could not be sent
	private static final Pattern HALF_OF_A_SURROGATE_PAIR = Pattern.compile("\\p{Cs}");

	private static final Set<Class<?>> JSON_NUMBERS = Set.of(Byte.class, Short.class, Integer.class, Long.class,
			BigInteger.class, BigDecimal.class);

	private EventMetadata() {
	}

	/**
	 * Return an immutable copy of metadata.
	 * @throws InvalidUsageEventException if LLMtrack would not accept it
	 */
	static Map<String, Object> copyOf(Map<String, ?> metadata) {
		InvalidUsageEventException.throwUnless(metadata != null, "'metadata' must not be null");
		InvalidUsageEventException.throwUnless(metadata.get(FEATURE) == null,
				"Metadata can't hold the feature, which an event has beside it");
		return copy(metadata, 0);
	}

	/**
	 * Return metadata if it is small enough, including the feature, which is sent as a
	 * part of it.
	 * @throws InvalidUsageEventException if it is not
	 */
	static Map<String, Object> fitting(Map<String, Object> metadata, @Nullable String feature) {
		if (metadata.isEmpty()) {
			return metadata;
		}
		int size = size(metadata) + ((feature != null) ? size(FEATURE) + size(feature) + 2 : 0);
		if (size > MAX_BYTES) {
			throw new InvalidUsageEventException("Metadata of " + size + " bytes is more than " + MAX_BYTES);
		}
		return metadata;
	}

	private static Map<String, Object> copy(Map<?, ?> metadata, int depth) {
		InvalidUsageEventException.throwUnless(depth < MAX_DEPTH, "Metadata is nested too deep");
		Map<String, Object> copy = new LinkedHashMap<>();
		metadata.forEach((key, value) -> {
			InvalidUsageEventException.throwUnless(key instanceof String, "A key of metadata is no text");
			if (value != null) {
				copy.put(text((String) key),
						(value instanceof Map<?, ?> nested) ? copy(nested, depth + 1) : scalar(value));
			}
		});
		return Collections.unmodifiableMap(copy);
	}

	private static Object scalar(Object value) {
		if (value instanceof CharSequence || value instanceof Enum || value instanceof Character) {
			return text(value.toString());
		}
		if (value instanceof Boolean || JSON_NUMBERS.contains(value.getClass())) {
			return value;
		}
		if (value instanceof Number number) {
			return number(number);
		}
		throw new InvalidUsageEventException("Metadata can't hold this: an object of " + value.getClass());
	}

	private static String text(String value) {
		return HALF_OF_A_SURROGATE_PAIR.matcher(value).replaceAll("?");
	}

	/**
	 * Return a number of any class, which may be mutable or not finite, as one that JSON
	 * supports.
	 */
	private static Number number(Number value) {
		String text = value.toString();
		try {
			BigDecimal number = new BigDecimal(text);
			return (value instanceof Double || value instanceof Float) ? value : number;
		}
		catch (NumberFormatException ex) {
			throw new InvalidUsageEventException(
					"Metadata can't hold a " + value.getClass().getName() + " that is no number");
		}
	}

	/**
	 * Return the size as JSON in bytes.
	 */
	private static int size(Object value) {
		if (value instanceof Map<?, ?> map) {
			int entries = map.entrySet()
				.stream()
				.mapToInt((entry) -> size(entry.getKey()) + size(entry.getValue()) + 1)
				.sum();
			return entries + Math.max(map.size() - 1, 0) + 2;
		}
		String text = value.toString();
		int bytes = text.getBytes(StandardCharsets.UTF_8).length;
		return (value instanceof String) ? bytes + text.chars().map(EventMetadata::escape).sum() + 2 : bytes;
	}

	private static int escape(int character) {
		return switch (character) {
			case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> 1;
			default -> (character < ' ') ? 5 : 0;
		};
	}

}
