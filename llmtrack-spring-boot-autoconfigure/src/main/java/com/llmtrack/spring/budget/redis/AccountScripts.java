// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;

import com.llmtrack.spring.budget.AccountKey;
import com.llmtrack.spring.budget.Addition;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.util.Assert;

/**
 * The scripts that Redis runs, each of which is atomic. The fields of an account's hash
 * are its amount, what was claimed, and for each process its last addition and when that
 * was. Amounts are texts, as numbers are not exact in scripts.
 */
final class AccountScripts {

	/** How long a process is remembered that adds nothing. */
	private static final Duration MEMORY = Duration.ofDays(1);

	/**
	 * Arguments: the field of the process, the addition's id, the amount, the time, the
	 * expiry, and before when a process is forgotten that is not the only one. Processes
	 * of the last day are not forgotten, and the others only if there are many.
	 */
	private static final byte[] ADD = bytes("""
			local last = redis.call('HGET', KEYS[1], ARGV[1])
			local known = last and tonumber(string.match(last, '^%d+')) or -1
			if ARGV[3] ~= '0' and known < tonumber(ARGV[2]) then
			  redis.call('HINCRBY', KEYS[1], 'spent', ARGV[3])
			  if not last and redis.call('HLEN', KEYS[1]) > 50 then
			    local fields = redis.call('HGETALL', KEYS[1])
			    for i = 1, #fields, 2 do
			      local time = string.match(fields[i], '^process:') and string.match(fields[i + 1], '%d+$')
			      if time and tonumber(time) < tonumber(ARGV[6]) then
			        redis.call('HDEL', KEYS[1], fields[i])
			      end
			    end
			  end
			  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '@' .. ARGV[4])
			  redis.call('PEXPIREAT', KEYS[1], ARGV[5])
			end
			return redis.call('HGET', KEYS[1], 'spent') or '0'
			""");

	/** Arguments: the field of the claim, the process, and the expiry. */
	private static final byte[] CLAIM = bytes("""
			local claimed = redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
			redis.call('PEXPIREAT', KEYS[1], ARGV[3])
			return claimed
			""");

	private final String keyPrefix;

	private final String process;

	/**
	 * Create scripts.
	 * @param keyPrefix the begin of all keys
	 * @param process identifies this process
	 */
	AccountScripts(String keyPrefix, String process) {
		this.keyPrefix = keyPrefix;
		this.process = process;
	}

	/**
	 * Add to an account.
	 * @return the {@link #amount amount} afterwards, or {@code null} if the connection is
	 * pipelined
	 */
	byte @Nullable [] add(RedisConnection connection, Addition addition) {
		long now = System.currentTimeMillis();
		return connection.scriptingCommands()
			.eval(ADD, ReturnType.VALUE, 1, key(addition.account()), bytes("process:" + this.process),
					bytes(addition.id()), bytes(addition.amount()), bytes(now), expiry(addition.account()),
					bytes(now - MEMORY.toMillis()));
	}

	/**
	 * Return the amount that an addition has returned.
	 */
	static long amount(@Nullable Object result) {
		Assert.state(result instanceof byte[], "Redis has returned no amount");
		return Long.parseLong(new String((byte[]) result, StandardCharsets.UTF_8));
	}

	boolean claim(RedisConnection connection, AccountKey account, String what) {
		Long claimed = connection.scriptingCommands()
			.eval(CLAIM, ReturnType.INTEGER, 1, key(account), bytes("claimed:" + what), bytes(this.process),
					expiry(account));
		return claimed != null && claimed == 1;
	}

	private byte[] key(AccountKey account) {
		// Another period may have the same start
		String key = this.keyPrefix + account.budget() + ':' + account.unit().name().toLowerCase(Locale.ROOT) + ':'
				+ account.start().atOffset(ZoneOffset.UTC) + '/' + account.end().atOffset(ZoneOffset.UTC);
		return bytes((account.owner() != null) ? key + ':' + account.owner() : key);
	}

	private static byte[] expiry(AccountKey account) {
		return bytes(account.expiresAt().toEpochMilli());
	}

	private static byte[] bytes(long number) {
		return bytes(Long.toString(number));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
