// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import java.util.UUID;

import com.llmtrack.spring.budget.AbstractAccountStoreContractTests;
import com.llmtrack.spring.budget.AccountStore;
import com.llmtrack.spring.testsupport.DockerCondition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Tests for {@link RedisAccountStore} with Redis in a container, across a network. The
 * image is set by the system property {@code llmtrack.test.redis-image} or the
 * environment variable {@code LLMTRACK_TEST_REDIS_IMAGE}.
 */
@Tag("container")
@ExtendWith(DockerCondition.class)
class ContainerRedisAccountStoreTests extends AbstractAccountStoreContractTests {

	private static final String DEFAULT_IMAGE = "redis:7-alpine";

	private static final int PORT = 6379;

	private static GenericContainer<?> container;

	private static LettuceConnectionFactory connections;

	private final String prefix = "test:" + UUID.randomUUID() + ":";

	@AfterAll
	static void stop() {
		if (connections != null) {
			connections.destroy();
		}
		if (container != null) {
			container.stop();
		}
	}

	/**
	 * Return a store on the server, which is started by the first test that is not
	 * skipped.
	 */
	@Override
	protected AccountStore store() {
		return new RedisAccountStore(ContainerRedisAccountStoreTests::connections, this.prefix);
	}

	private static synchronized LettuceConnectionFactory connections() {
		if (connections == null) {
			container = new GenericContainer<>(
					new StandardEnvironment().getProperty("llmtrack.test.redis-image", DEFAULT_IMAGE))
				.withExposedPorts(PORT)
				// Other strategies need a shell in the container
				.waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1));
			container.start();
			connections = new LettuceConnectionFactory(container.getHost(), container.getMappedPort(PORT));
			connections.afterPropertiesSet();
			connections.start();
		}
		return connections;
	}

}
