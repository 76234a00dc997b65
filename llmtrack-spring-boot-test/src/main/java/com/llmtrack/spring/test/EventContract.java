// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Validates bodies by {@code event.schema.json}. Supports only the keywords of JSON
 * Schema that are used there, and fails on others: a library would add its version to the
 * class path of the application under test, which may have its own.
 */
final class EventContract {

	private static final Set<String> KEYWORDS = Set.of("$schema", "title", "type", "enum", "minimum", "minLength",
			"maxLength", "pattern", "required", "properties", "additionalProperties", "dependentRequired");

	private final Json json = Json.get();

	private final Map<?, ?> schema;

	EventContract() {
		try (InputStream stream = EventContract.class.getResourceAsStream("event.schema.json")) {
			this.schema = object(this.json.read(stream.readAllBytes(), Object.class));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		requireKnownKeywords(this.schema);
	}

	private static void requireKnownKeywords(Map<?, ?> schema) {
		schema.keySet().forEach((keyword) -> {
			if (!KEYWORDS.contains(keyword)) {
				throw new IllegalStateException("Unknown keyword in the schema: " + keyword);
			}
		});
		object(schema.get("properties")).values().forEach((property) -> requireKnownKeywords(object(property)));
	}

	/**
	 * Return the violations of a body, empty if there are none.
	 */
	List<String> problems(String body) {
		Object event;
		try {
			event = this.json.read(body.getBytes(StandardCharsets.UTF_8), Object.class);
		}
		catch (IllegalArgumentException ex) {
			return List.of("no JSON");
		}
		List<String> problems = new ArrayList<>();
		check("body", event, this.schema, problems);
		return problems;
	}

	private void check(String name, @Nullable Object value, Map<?, ?> schema, List<String> problems) {
		schema.forEach((keyword, expected) -> {
			if (!complies(value, (String) keyword, expected)) {
				problems.add("%s: %s must be %s".formatted(name, keyword,
						new String(this.json.write(expected), StandardCharsets.UTF_8)));
			}
		});
		if (value instanceof Map<?, ?> object) {
			checkMembers(name, object, schema, problems);
		}
	}

	/**
	 * Return whether a value complies with one keyword about the value itself. Keywords
	 * for other types do not apply to it.
	 */
	private static boolean complies(@Nullable Object value, String keyword, Object expected) {
		return switch (keyword) {
			case "type" -> isOfType(value, expected);
			case "enum" -> list(expected).contains(value);
			case "minimum" -> !(value instanceof Number number) || decimal(number).compareTo(decimal(expected)) >= 0;
			case "minLength" -> !(value instanceof String text) || length(text) >= decimal(expected).intValueExact();
			case "maxLength" -> !(value instanceof String text) || length(text) <= decimal(expected).intValueExact();
			case "pattern" ->
				!(value instanceof String text) || Pattern.compile((String) expected).matcher(text).find();
			default -> true;
		};
	}

	private static BigDecimal decimal(Object number) {
		return new BigDecimal(number.toString());
	}

	private static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	private static boolean isOfType(@Nullable Object value, Object types) {
		return (types instanceof String type) ? isOfType(value, type)
				: list(types).stream().anyMatch((type) -> isOfType(value, (String) type));
	}

	private static boolean isOfType(@Nullable Object value, String type) {
		return switch (type) {
			case "object" -> value instanceof Map;
			case "string" -> value instanceof String;
			case "number" -> value instanceof Number;
			case "integer" -> value instanceof Number number && isWhole(decimal(number));
			case "null" -> value == null;
			default -> throw new IllegalStateException("Unknown type in the schema: " + type);
		};
	}

	private static boolean isWhole(BigDecimal number) {
		return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
	}

	private void checkMembers(String name, Map<?, ?> object, Map<?, ?> schema, List<String> problems) {
		require(name, object, list(schema.get("required")), problems);
		object(schema.get("dependentRequired")).forEach((member, required) -> {
			if (object.containsKey(member)) {
				require(name, object, list(required), problems);
			}
		});
		Map<?, ?> known = object(schema.get("properties"));
		object.forEach((member, value) -> {
			if (known.containsKey(member)) {
				check((String) member, value, object(known.get(member)), problems);
			}
			else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
				problems.add(name + ": " + member + " is unknown");
			}
		});
	}

	private static void require(String name, Map<?, ?> object, Collection<?> members, List<String> problems) {
		members.stream()
			.filter((member) -> !object.containsKey(member))
			.forEach((member) -> problems.add(name + ": " + member + " is missing"));
	}

	private static Map<?, ?> object(@Nullable Object value) {
		return (value != null) ? (Map<?, ?>) value : Map.of();
	}

	private static List<?> list(@Nullable Object value) {
		return (value != null) ? (List<?>) value : List.of();
	}

}
