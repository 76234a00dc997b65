// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.json;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads JSON by Jackson's annotations, which all of its versions share. The
 * application's configuration of its own mapper does not matter. Safe for any thread;
 * does no I/O.
 * <p>
 * Unknown properties are ignored, numbers with a fraction are {@code BigDecimal}s, and
 * nothing may follow the value.
 */
public interface Json {

	/** The longest number: a single one may take up all of an event's metadata. */
	int MAX_NUMBER_LENGTH = 10_000;

	/**
	 * Write a value.
	 * @param value what to write
	 * @return the JSON in UTF-8
	 * @throws IllegalArgumentException if it can't be written
	 */
	byte[] write(Object value);

	/**
	 * Read a value.
	 * @param <T> its type
	 * @param json the JSON in UTF-8
	 * @param type its class; for {@code Object} it consists of maps, lists, texts,
	 * numbers, booleans and {@code null}
	 * @return the value, or {@code null} if the JSON is
	 * @throws IllegalArgumentException if it is no such JSON
	 */
	<T> @Nullable T read(byte[] json, Class<T> type);

	/**
	 * Return the implementation for the library that there is.
	 * @return the implementation
	 * @throws LinkageError if there is none, or one that can't be linked
	 */
	static Json get() {
		return JsonLibrary.link();
	}

	/**
	 * Return whether there is a library.
	 * @param classLoader knows the classes of the application
	 * @return whether there is one; it may still be one that can't be linked
	 */
	static boolean isAvailable(@Nullable ClassLoader classLoader) {
		return JsonLibrary.isPresent(classLoader);
	}

}
