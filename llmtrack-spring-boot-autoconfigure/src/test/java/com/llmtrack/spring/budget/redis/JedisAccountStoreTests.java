// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * Tests for {@link RedisAccountStore} with Jedis.
 */
class JedisAccountStoreTests extends AbstractRedisAccountStoreTests {

	@Override
	protected RedisConnectionFactory connectionFactory(RedisStandaloneConfiguration configuration) {
		return new JedisConnectionFactory(configuration);
	}

}
