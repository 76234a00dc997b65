/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties that this project, Spring Boot and Spring AI describe.
 */
final class PropertyMetadata {

	/** Those that Spring reads without describing them. */
	private static final Set<String> UNDESCRIBED = Set.of("spring.locking.strict");

	private static final Map<String, String> TYPES = read();

	private PropertyMetadata() {
	}

	/**
	 * Return whether a name is that of a property, of an entry of a map or a list, or of
	 * a group as in {@code llmtrack.delivery.*}.
	 */
	static boolean contains(String name) {
		return UNDESCRIBED.contains(name) || TYPES.entrySet()
			.stream()
			.anyMatch((property) -> isNamedBy(name, property.getKey(), property.getValue()));
	}

	private static boolean isNamedBy(String name, String property, String type) {
		boolean map = type.startsWith("java.util.Map");
		boolean list = type.startsWith("java.util.List") || type.startsWith("java.util.Set");
		return property.equals(name) || property.startsWith(name + ".")
				|| (map && (name.startsWith(property + ".") || name.startsWith(property + "[")))
				|| (list && name.startsWith(property + "["));
	}

	private static Map<String, String> read() {
		Map<String, String> types = new HashMap<>();
		try {
			for (URL url : Collections.list(PropertyMetadata.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream stream = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
						types.put(property.get("name").asString(), property.path("type").asString(""));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return types;
	}

}
