// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Validates bodies by {@code event.schema.json}. Supports only the keywords of JSON
 * Schema that are used there, and fails on others: a library would add its version to the
 * class path of the application under test, which may have its own.
 */
final class EventContract {

	private static final Set<String> KEYWORDS = Set.of("$schema", "title", "type", "enum", "minimum", "minLength",
			"maxLength", "pattern", "required", "properties", "additionalProperties", "dependentRequired");

	private final JsonMapper json = JsonMapper.builder().build();

	private final JsonNode schema;

	EventContract() {
		try (InputStream stream = EventContract.class.getResourceAsStream("event.schema.json")) {
			this.schema = this.json.readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		requireKnownKeywords(this.schema);
	}

	private static void requireKnownKeywords(JsonNode schema) {
		schema.properties().forEach((keyword) -> {
			if (!KEYWORDS.contains(keyword.getKey())) {
				throw new IllegalStateException("Unknown keyword in the schema: " + keyword.getKey());
			}
		});
		schema.path("properties").forEach(EventContract::requireKnownKeywords);
	}

	/**
	 * Return the violations of a body, empty if there are none.
	 */
	List<String> problems(String body) {
		JsonNode event;
		try {
			event = this.json.readTree(body);
		}
		catch (JacksonException ex) {
			return List.of("no JSON");
		}
		List<String> problems = new ArrayList<>();
		check("body", event, this.schema, problems);
		return problems;
	}

	private static void check(String name, JsonNode value, JsonNode schema, List<String> problems) {
		schema.properties().forEach((keyword) -> {
			if (!complies(value, keyword.getKey(), keyword.getValue())) {
				problems.add("%s: %s must be %s".formatted(name, keyword.getKey(), keyword.getValue()));
			}
		});
		if (value.isObject()) {
			checkMembers(name, value, schema, problems);
		}
	}

	/**
	 * Return whether a value complies with one keyword about the value itself. Keywords
	 * for other types do not apply to it.
	 */
	private static boolean complies(JsonNode value, String keyword, JsonNode expected) {
		return switch (keyword) {
			case "type" -> isOfType(value, expected);
			case "enum" -> expected.valueStream().anyMatch(value::equals);
			case "minimum" -> !value.isNumber() || value.decimalValue().compareTo(expected.decimalValue()) >= 0;
			case "minLength" -> !value.isString() || length(value) >= expected.intValue();
			case "maxLength" -> !value.isString() || length(value) <= expected.intValue();
			case "pattern" ->
				!value.isString() || Pattern.compile(expected.asString()).matcher(value.asString()).find();
			default -> true;
		};
	}

	private static int length(JsonNode value) {
		String text = value.asString();
		return text.codePointCount(0, text.length());
	}

	private static boolean isOfType(JsonNode value, JsonNode types) {
		return types.isArray() ? types.valueStream().anyMatch((type) -> isOfType(value, type.asString()))
				: isOfType(value, types.asString());
	}

	private static boolean isOfType(JsonNode value, String type) {
		return switch (type) {
			case "object" -> value.isObject();
			case "string" -> value.isString();
			case "number" -> value.isNumber();
			case "integer" -> value.isNumber() && isWhole(value.decimalValue());
			case "null" -> value.isNull();
			default -> throw new IllegalStateException("Unknown type in the schema: " + type);
		};
	}

	private static boolean isWhole(BigDecimal number) {
		return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
	}

	private static void checkMembers(String name, JsonNode object, JsonNode schema, List<String> problems) {
		schema.path("required").forEach((required) -> require(name, object, required, problems));
		schema.path("dependentRequired").properties().forEach((dependency) -> {
			if (object.has(dependency.getKey())) {
				dependency.getValue().forEach((required) -> require(name, object, required, problems));
			}
		});
		for (Map.Entry<String, JsonNode> member : object.properties()) {
			JsonNode memberSchema = schema.path("properties").get(member.getKey());
			if (memberSchema != null) {
				check(member.getKey(), member.getValue(), memberSchema, problems);
			}
			else if (isFalse(schema.get("additionalProperties"))) {
				problems.add(name + ": " + member.getKey() + " is unknown");
			}
		}
	}

	private static boolean isFalse(@Nullable JsonNode value) {
		return value != null && value.isBoolean() && !value.booleanValue();
	}

	private static void require(String name, JsonNode object, JsonNode required, List<String> problems) {
		if (!object.has(required.asString())) {
			problems.add(name + ": " + required.asString() + " is missing");
		}
	}

}
