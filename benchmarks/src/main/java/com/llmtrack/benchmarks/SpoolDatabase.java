// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of the spool: the PostgreSQL that {@code .ci/databases} starts, or H2 in
 * memory where there is none.
 */
final class SpoolDatabase {

	private static final @Nullable String URL = System.getenv("LLMTRACK_TEST_POSTGRESQL_URL");

	private SpoolDatabase() {
	}

	static String name() {
		return (URL != null) ? "PostgreSQL" : "H2 in memory";
	}

	/**
	 * Return a pool of connections to it.
	 */
	static HikariDataSource connect() {
		HikariDataSource dataSource = new HikariDataSource();
		if (URL != null) {
			dataSource.setJdbcUrl(URL);
			dataSource.setUsername(System.getenv("LLMTRACK_TEST_POSTGRESQL_USER"));
			dataSource.setPassword(System.getenv("LLMTRACK_TEST_POSTGRESQL_PASSWORD"));
		}
		else {
			dataSource.setJdbcUrl("jdbc:h2:mem:spool");
		}
		return dataSource;
	}

}
