// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.Locale;
import java.util.UUID;

import org.junit.jupiter.api.Assumptions;

import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.Assert;

/**
 * The databases that tests use. Those in memory are always there. The servers are those
 * of {@code .ci/databases}, set by the environment variables
 * {@code LLMTRACK_TEST_POSTGRESQL_URL} and {@code LLMTRACK_TEST_MARIADB_URL}, or system
 * properties. Without one, tests that need it are skipped, or fail if
 * {@code LLMTRACK_TEST_DATABASES_REQUIRED} is set.
 */
public enum TestDatabase {

	/**
	 * H2 in memory.
	 */
	H2 {

		@Override
		TestSchema create(String name) {
			return TestSchema.inMemory("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "SHUTDOWN");
		}

	},

	/**
	 * HSQLDB in memory.
	 */
	HSQLDB {

		@Override
		TestSchema create(String name) {
			return TestSchema.inMemory("jdbc:hsqldb:mem:" + name, "SHUTDOWN");
		}

	},

	/**
	 * A PostgreSQL server.
	 */
	POSTGRESQL {

		@Override
		TestSchema create(String name) {
			return server("llmtrack.test.postgresql", "url",
					(url, user, password) -> TestSchema.inPostgreSql(url, user, password, name));
		}

	},

	/**
	 * A second PostgreSQL server, which a single class of tests pauses and kills. Its
	 * schemas are databases, which can be altered.
	 */
	CONTROLLED_POSTGRESQL {

		@Override
		TestSchema create(String name) {
			return server("llmtrack.test.postgresql", "controlled-url", (url, user, password) -> TestSchema
				.newDatabase(url, user, password, name, "DROP DATABASE %s WITH (FORCE)"));
		}

	},

	/**
	 * A MariaDB server with MariaDB's driver.
	 */
	MARIADB {

		@Override
		TestSchema create(String name) {
			return server("llmtrack.test.mariadb", "url",
					(url, user, password) -> TestSchema.newDatabase(url, user, password, name, "DROP DATABASE %s"));
		}

	},

	/**
	 * A MariaDB server with MySQL's driver.
	 */
	MYSQL {

		@Override
		TestSchema create(String name) {
			return MARIADB.create(name).withUrl((url) -> url.replace("jdbc:mariadb:", "jdbc:mysql:"));
		}

	};

	private static final Environment environment = new StandardEnvironment();

	/**
	 * Create an empty schema that no other test uses.
	 */
	public TestSchema create() {
		return create("llmtrack_" + UUID.randomUUID().toString().replace("-", ""));
	}

	abstract TestSchema create(String name);

	private static TestSchema server(String prefix, String url, Creation creation) {
		String serverUrl = environment.getProperty(prefix + "." + url);
		if (serverUrl == null) {
			Assert.state(!environment.getProperty("llmtrack.test.databases-required", Boolean.class, false),
					() -> "There is no %s.%s, but llmtrack.test.databases-required is set".formatted(prefix, url));
			Assumptions.abort(() -> "There is no database server: %s.%s is not set".formatted(prefix, url));
		}
		return creation.create(serverUrl, environment.getRequiredProperty(prefix + ".user"),
				environment.getRequiredProperty(prefix + ".password"));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private interface Creation {

		TestSchema create(String url, String user, String password);

	}

}
