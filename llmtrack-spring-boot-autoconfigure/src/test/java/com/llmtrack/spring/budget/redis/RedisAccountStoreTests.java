// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import java.io.IOException;
import java.time.Instant;
import java.util.stream.IntStream;

import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.budget.AccountKey;
import com.llmtrack.spring.budget.AccountStore;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RedisAccountStore} with Lettuce, the client that Spring Boot prefers.
 */
class RedisAccountStoreTests extends AbstractRedisAccountStoreTests {

	@Override
	protected RedisConnectionFactory connectionFactory(RedisStandaloneConfiguration configuration) {
		return new LettuceConnectionFactory(configuration);
	}

	@Test
	void keysTellBudgetPeriodAndOwner() throws IOException {
		Instant start = Instant.parse("2126-12-01T00:00:00Z");
		Instant end = Instant.parse("2127-01-01T00:00:00Z");
		add(store(), new AccountKey("support", LlmBudgetUnit.REQUESTS, null, start, end), 1, 5);
		add(store(), new AccountKey("support", LlmBudgetUnit.REQUESTS, "acme", start, end), 1, 7);
		String key = this.prefix + "support:requests:2126-12-01T00:00Z/2127-01-01T00:00Z";
		assertThat(server.command("HGET " + key + " spent")).contains("5");
		assertThat(server.command("HGET " + key + ":acme spent")).contains("7");
		assertThat(server.command("PEXPIRETIME " + key)).contains(":" + end.plusSeconds(86_400).toEpochMilli());
		store().claim(new AccountKey("claimed", LlmBudgetUnit.REQUESTS, null, start, end), "WARNING");
		assertThat(server.command("PEXPIRETIME " + key.replace("support", "claimed")))
			.contains(":" + end.plusSeconds(86_400).toEpochMilli());
	}

	@Test
	void periodThatEndedLongAgoIsNotKept() throws IOException {
		Instant start = Instant.parse("2020-12-01T00:00:00Z");
		AccountKey account = new AccountKey("support", LlmBudgetUnit.REQUESTS, null, start, start.plusSeconds(3600));
		assertThat(add(store(), account, 1, 5)).isZero();
		assertThat(read(store(), account)).isZero();
	}

	@Test
	void readingCreatesNoKey() throws IOException {
		read(store(), ACCOUNT);
		assertThat(server.command("KEYS " + this.prefix + "*")).startsWith("*0");
	}

	@Test
	void processesOfEarlierDaysAreForgottenIfThereAreMany() throws IOException {
		AccountStore first = store();
		add(first, ACCOUNT, 1, 1);
		String key = server.command("KEYS " + this.prefix + "*").lines().skip(2).findFirst().orElseThrow();
		IntStream.range(0, 60).forEach((i) -> {
			try {
				server.command("HSET " + key + " process:old-" + i + " 17@1600000000000");
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(server.command("HLEN " + key)).contains(":62");
		assertThat(add(first, ACCOUNT, 2, 1)).isEqualTo(2);
		assertThat(server.command("HLEN " + key)).contains(":62");
		assertThat(add(store(), ACCOUNT, 1, 1)).isEqualTo(3);
		assertThat(server.command("HLEN " + key)).contains(":3");
		assertThat(add(first, ACCOUNT, 2, 1)).isEqualTo(3);
	}

	@Test
	void keyOfAnotherTypeIsAFailure() throws IOException {
		add(store(), ACCOUNT, 1, 1);
		String key = server.command("KEYS " + this.prefix + "*").lines().skip(2).findFirst().orElseThrow();
		server.command("SET " + key + " text");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> add(store(), ACCOUNT, 1, 1))
			.havingRootCause()
			.withMessageContaining("WRONGTYPE");
	}

	@Test
	void connectionFactoryIsAskedForWhenItIsNeeded() {
		AccountStore store = new RedisAccountStore(() -> {
			throw new IllegalStateException("there is none");
		}, this.prefix);
		assertThatIllegalStateException().isThrownBy(() -> add(store, ACCOUNT, 1, 1)).withMessage("there is none");
	}

}
