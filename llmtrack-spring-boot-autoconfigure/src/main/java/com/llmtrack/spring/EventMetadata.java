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

package com.llmtrack.spring;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Checks metadata against what LLMtrack accepts: an object of texts, numbers, truth
 * values and further objects, without lists, of at most 8,192 bytes as JSON.
 */
final class EventMetadata {

	private static final int MAX_BYTES = 8192;

	private static final int MAX_DEPTH = 16;

	private EventMetadata() {
	}

	/**
	 * Return a copy of metadata that does not change any more.
	 * @throws IllegalArgumentException if LLMtrack would not accept it
	 */
	static Map<String, Object> copyOf(Map<String, ?> metadata) {
		return copy(metadata, 0);
	}

	/**
	 * Return metadata if it is small enough, together with the feature that is sent as a
	 * part of it.
	 * @throws IllegalArgumentException if it is not
	 */
	static Map<String, Object> fitting(Map<String, Object> metadata, @Nullable String feature) {
		int size = size(metadata) + ((feature != null) ? size("feature") + size(feature) + 2 : 0);
		Assert.isTrue(metadata.isEmpty() || size <= MAX_BYTES,
				() -> "Metadata of " + size + " bytes is more than " + MAX_BYTES);
		return metadata;
	}

	private static Map<String, Object> copy(Map<?, ?> metadata, int depth) {
		Assert.isTrue(depth < MAX_DEPTH, "Metadata is nested too deep");
		Map<String, Object> copy = new LinkedHashMap<>();
		metadata.forEach((key, value) -> {
			Assert.isInstanceOf(String.class, key, "A key of metadata is no text: ");
			if (value != null) {
				copy.put((String) key, (value instanceof Map<?, ?> nested) ? copy(nested, depth + 1) : scalar(value));
			}
		});
		return Collections.unmodifiableMap(copy);
	}

	private static Object scalar(Object value) {
		if (value instanceof CharSequence || value instanceof Enum || value instanceof Character) {
			return value.toString();
		}
		boolean finite = !(value instanceof Double || value instanceof Float)
				|| Double.isFinite(((Number) value).doubleValue());
		Assert.isTrue((value instanceof Number && finite) || value instanceof Boolean,
				() -> "Metadata can't hold a " + value.getClass().getName());
		return value;
	}

	/**
	 * Return the number of bytes as JSON.
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
		if (character < ' ') {
			return 5;
		}
		return (character == '"' || character == '\\') ? 1 : 0;
	}

}
