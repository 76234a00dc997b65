// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import java.util.UUID;

import com.llmtrack.spring.budget.AbstractAccountStoreContractTests;
import com.llmtrack.spring.budget.AccountStore;
import com.llmtrack.spring.testsupport.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

/**
 * What {@link RedisAccountStore} does with each client.
 */
abstract class AbstractRedisAccountStoreTests extends AbstractAccountStoreContractTests {

	protected static RedisServer server;

	protected final String prefix = "test:" + UUID.randomUUID() + ":";

	protected RedisConnectionFactory connections;

	@BeforeAll
	static void startServer() {
		server = RedisServer.create();
	}

	@AfterAll
	static void stopServer() {
		if (server != null) {
			server.close();
			server = null;
		}
	}

	@BeforeEach
	void connect() throws Exception {
		this.connections = connectionFactory(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
		((InitializingBean) this.connections).afterPropertiesSet();
		((SmartLifecycle) this.connections).start();
	}

	@AfterEach
	void disconnect() throws Exception {
		((DisposableBean) this.connections).destroy();
	}

	protected abstract RedisConnectionFactory connectionFactory(RedisStandaloneConfiguration configuration);

	@Override
	protected AccountStore store() {
		return new RedisAccountStore(() -> this.connections, this.prefix);
	}

}
