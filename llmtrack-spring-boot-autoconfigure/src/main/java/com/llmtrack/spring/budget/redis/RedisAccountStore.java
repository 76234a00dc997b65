// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import com.llmtrack.spring.budget.AccountKey;
import com.llmtrack.spring.budget.AccountStore;
import com.llmtrack.spring.budget.Addition;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Keeps each account in a hash of its own in Redis, which expires a day after the
 * account's period has ended. All instances of the application that use the same prefix
 * share it. Each command has one key, so that it works with a cluster, too.
 * <p>
 * <b>Threads:</b> one at a time, which waits for Redis as long as the application's
 * client does. <b>Loss:</b> what Redis loses. An addition counts once, also if the client
 * sends it again or an earlier attempt arrives late. <b>Shutdown:</b> connections are the
 * application's, so that the store has to be used for the last time before the connection
 * factory stops.
 */
public final class RedisAccountStore implements AccountStore {

	private static final Duration FRESHNESS = Duration.ofSeconds(1);

	private final String process = Long.toUnsignedString(UUID.randomUUID().getMostSignificantBits(),
			Character.MAX_RADIX);

	private final Supplier<RedisConnectionFactory> connections;

	private final AccountScripts scripts;

	private @Nullable RedisConnectionFactory factory;

	private boolean pipelined = true;

	/**
	 * Create a store, without using Redis yet.
	 * @param connections supplies the connection factory, or throws an exception that
	 * tells why there is none
	 * @param keyPrefix the begin of all keys
	 */
	public RedisAccountStore(Supplier<RedisConnectionFactory> connections, String keyPrefix) {
		this.connections = connections;
		this.scripts = new AccountScripts(keyPrefix, this.process);
	}

	@Override
	public Map<AccountKey, Long> add(Collection<Addition> additions) {
		try (RedisConnection connection = connect()) {
			List<?> amounts = (this.pipelined && additions.size() > 1) ? addPipelined(connection, additions)
					: addEach(connection, additions);
			Map<AccountKey, Long> result = new HashMap<>();
			Iterator<?> iterator = amounts.iterator();
			additions.forEach((addition) -> result.put(addition.account(), AccountScripts.amount(iterator.next())));
			return result;
		}
	}

	private RedisConnection connect() {
		RedisConnectionFactory factory = this.factory;
		if (factory == null) {
			factory = this.connections.get();
			this.factory = factory;
		}
		return factory.getConnection();
	}

	/**
	 * Send all additions before the first answer is there. Clients that can't do that say
	 * so, Jedis for example; what they have sent by then is not counted again.
	 */
	private List<?> addPipelined(RedisConnection connection, Collection<Addition> additions) {
		try {
			connection.openPipeline();
			try {
				additions.forEach((addition) -> this.scripts.add(connection, addition));
			}
			catch (RuntimeException ex) {
				connection.closePipeline();
				throw ex;
			}
			return connection.closePipeline();
		}
		catch (InvalidDataAccessApiUsageException | UnsupportedOperationException ex) {
			this.pipelined = false;
			return addEach(connection, additions);
		}
	}

	private List<?> addEach(RedisConnection connection, Collection<Addition> additions) {
		List<@Nullable Object> amounts = new ArrayList<>();
		additions.forEach((addition) -> amounts.add(this.scripts.add(connection, addition)));
		return amounts;
	}

	@Override
	public boolean claim(AccountKey account, String what) {
		try (RedisConnection connection = connect()) {
			return this.scripts.claim(connection, account, what);
		}
	}

	@Override
	public Duration freshness() {
		return FRESHNESS;
	}

	@Override
	public String description() {
		return "Redis";
	}

}
