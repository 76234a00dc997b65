// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Which libraries delivery needs, beside those that Spring Boot itself has.
 */
final class RequiredLibraries {

	static final String WEB_CLIENT = "org.springframework.web.reactive.function.client.WebClient";

	/** Needs spring-tx, too. */
	static final String SPRING_JDBC = "org.springframework.jdbc.support.JdbcTransactionManager";

	static final String SPRING_DATA_REDIS = "org.springframework.data.redis.connection.RedisConnectionFactory";

	private RequiredLibraries() {
	}

	/**
	 * Return whether there is what a spool in a database needs.
	 * @param classLoader knows the classes of the application
	 */
	static boolean hasJdbc(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent(SPRING_JDBC, classLoader);
	}

	/**
	 * Return whether there is what accounts of budgets in Redis need.
	 * @param classLoader knows the classes of the application
	 */
	static boolean hasRedis(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent(SPRING_DATA_REDIS, classLoader);
	}

	/**
	 * Return the obstacle that missing libraries are, or {@code null} if all are there.
	 * @param classLoader knows the classes of the application
	 */
	static @Nullable Obstacle obstacle(@Nullable ClassLoader classLoader) {
		List<Library> missing = new ArrayList<>();
		if (!ClassUtils.isPresent(WEB_CLIENT, classLoader)) {
			missing.add(new Library("spring-webflux", "org.springframework:spring-webflux",
					"llmtrack-spring-boot-starter"));
		}
		if (!Json.isAvailable(classLoader)) {
			missing.add(SupportedLines.isOlder()
					? new Library("Jackson 2", "com.fasterxml.jackson.core:jackson-databind", "Spring AI")
					: new Library("Jackson 3", "tools.jackson.core:jackson-databind", "Spring AI"));
		}
		if (missing.isEmpty()) {
			return null;
		}
		return Obstacle.toDelivery(
				missing.stream().map(Library::name).collect(Collectors.joining(" and "))
						+ ((missing.size() > 1) ? " are" : " is") + " missing from the class path",
				missing.stream().map(Library::remedy).collect(Collectors.joining(" ")));
	}

	private record Library(String name, String artifact, String source) {

		String remedy() {
			return "Add " + this.artifact + ", which " + this.source + " brings unless it is excluded.";
		}

	}

}
