// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.UUID;

import com.llmtrack.spring.testsupport.DockerCondition;
import com.llmtrack.spring.testsupport.TestSchema;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

import org.springframework.core.env.StandardEnvironment;

/**
 * Tests for {@link JdbcSpool} with PostgreSQL in a container, across a network. The image
 * is set by the system property {@code llmtrack.test.postgresql-image} or the environment
 * variable {@code LLMTRACK_TEST_POSTGRESQL_IMAGE}.
 */
@Tag("container")
@ExtendWith(DockerCondition.class)
class ContainerJdbcSpoolTests extends AbstractJdbcSpoolContractTests {

	private static final String DEFAULT_IMAGE = "postgres:17-alpine";

	private static final int PORT = 5432;

	private static final String USER = "llmtrack";

	private static GenericContainer<?> container;

	@AfterAll
	static void stop() {
		if (container != null) {
			container.stop();
		}
	}

	/**
	 * Create a schema on the server, which is started by the first test that is not
	 * skipped.
	 */
	@Override
	TestSchema createSchema() {
		if (container == null) {
			container = new GenericContainer<>(
					new StandardEnvironment().getProperty("llmtrack.test.postgresql-image", DEFAULT_IMAGE))
				.withEnv("POSTGRES_USER", USER)
				.withEnv("POSTGRES_PASSWORD", USER)
				.withExposedPorts(PORT)
				.waitingFor(new ConnectionStrategy());
			container.start();
		}
		return TestSchema.inPostgreSql(url(), USER, USER, "llmtrack_" + UUID.randomUUID().toString().replace("-", ""));
	}

	private static String url() {
		return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/postgres";
	}

	/**
	 * Waits until the server accepts connections. Those of the library need a shell in
	 * the container.
	 */
	private static final class ConnectionStrategy extends AbstractWaitStrategy {

		@Override
		protected void waitUntilReady() {
			Waiting.await()
				.atMost(Duration.ofMinutes(1))
				.ignoreExceptions()
				.untilAsserted(() -> TestSchema.inPostgreSql(url(), USER, USER, "ready").close());
		}

	}

}
