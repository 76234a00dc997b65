// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.convert.DurationStyle;

/**
 * The properties that this project, Spring Boot and Spring AI describe.
 */
final class PropertyMetadata {

	/** Those that Spring reads without describing them. */
	private static final Set<String> UNDESCRIBED = Set.of("spring.locking.strict", "spring.aot.enabled");

	/** Those of Spring AI 1.1, with which the tests of its module set them. */
	private static final Set<String> OLDER = Set.of("spring.ai.openai.chat.options.stream-usage");

	/**
	 * Of Spring Boot's JDBC and Redis, which would change the application contexts here.
	 */
	private static final Set<String> ELSEWHERE = Set.of("spring.data.redis.host", "spring.datasource.url",
			"spring.datasource.username", "spring.datasource.password");

	private static final Map<String, String> TYPES = new HashMap<>();

	private static final Map<String, String> DEFAULTS = new HashMap<>();

	static {
		read();
	}

	private PropertyMetadata() {
	}

	/**
	 * Return whether a name is that of a property, of an entry of a map or a list, or of
	 * a group as in {@code llmtrack.delivery.*}.
	 */
	static boolean contains(String name) {
		return UNDESCRIBED.contains(name) || OLDER.contains(name) || ELSEWHERE.contains(name)
				|| TYPES.entrySet()
					.stream()
					.anyMatch((property) -> isNamedBy(name, property.getKey(), property.getValue()));
	}

	/**
	 * Return whether a variable of the environment is that of a property, or of an entry
	 * of a map.
	 */
	static boolean isSetBy(String variable) {
		return Stream.concat(TYPES.keySet().stream(), ELSEWHERE.stream()).anyMatch((name) -> {
			String expected = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
			return variable.equals(expected) || (isMap(TYPES.get(name)) && variable.startsWith(expected + "_"));
		});
	}

	/**
	 * Return the default of a property that is a duration.
	 */
	static Duration durationOf(String name) {
		return DurationStyle.detectAndParse(DEFAULTS.get(name));
	}

	private static boolean isNamedBy(String name, String property, String type) {
		boolean map = isMap(type);
		boolean list = type.startsWith("java.util.List") || type.startsWith("java.util.Set");
		return property.equals(name) || property.startsWith(name + ".")
				|| (map && (name.startsWith(property + ".") || name.startsWith(property + "[")))
				|| (list && name.startsWith(property + "["));
	}

	private static boolean isMap(@Nullable String type) {
		return type != null && type.startsWith("java.util.Map");
	}

	private static void read() {
		try {
			for (URL url : Collections.list(PropertyMetadata.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream stream = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
						TYPES.put(property.get("name").asString(), property.path("type").asString(""));
						DEFAULTS.put(property.get("name").asString(), property.path("defaultValue").asString(""));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
