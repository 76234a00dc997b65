// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.RedisServer;
import com.llmtrack.spring.testsupport.Waiting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for budgets of applications that share accounts in Redis.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisBudgetsTests {

	private RedisServer server;

	/**
	 * The clients that Spring Data supports. As beans, they are what Spring Boot's
	 * auto-configuration makes of them.
	 */
	enum Client {

		LETTUCE {

			@Override
			ApplicationContextRunner addTo(ApplicationContextRunner runner, RedisStandaloneConfiguration server) {
				return runner.withBean(LettuceConnectionFactory.class, () -> new LettuceConnectionFactory(server));
			}

		},

		JEDIS {

			@Override
			ApplicationContextRunner addTo(ApplicationContextRunner runner, RedisStandaloneConfiguration server) {
				return runner.withBean(JedisConnectionFactory.class, () -> new JedisConnectionFactory(server));
			}

		};

		abstract ApplicationContextRunner addTo(ApplicationContextRunner runner, RedisStandaloneConfiguration server);

	}

	@BeforeEach
	void startServer() {
		this.server = RedisServer.create();
	}

	@AfterEach
	void stopServer() {
		if (this.server != null) {
			this.server.close();
		}
	}

	private ApplicationContextRunner runner(@Nullable Client client) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
			.withPropertyValues("llmtrack.budgets.all.requests=100", "llmtrack.budgets.all.then=refuse",
					"llmtrack.budgets.store=redis");
		return (client != null)
				? client.addTo(runner, new RedisStandaloneConfiguration("127.0.0.1", this.server.port())) : runner;
	}

	/**
	 * Have the client connect, which takes more time than an application waits at its
	 * end.
	 */
	private static void connect(ConfigurableApplicationContext context) {
		try (RedisConnection connection = context.getBean(RedisConnectionFactory.class).getConnection()) {
			assertThat(connection.ping()).isEqualTo("PONG");
		}
	}

	private static void record(ConfigurableApplicationContext context, int requests) {
		Budgets budgets = context.getBean(Budgets.class);
		for (int i = 0; i < requests; i++) {
			budgets.record(LlmUsageEvent.builder().provider("openai").model("gpt-4o").build());
		}
	}

	private static @Nullable LlmBudgetExceededException refusal(ConfigurableApplicationContext context) {
		return context.getBean(Budgets.class).refusal("openai", "gpt-4o", null, null);
	}

	@ParameterizedTest
	@EnumSource
	void lastRequestsAreHandedOverBeforeConnectionsEnd(Client client, CapturedOutput output) {
		LiveThreads threads = LiveThreads.named((name) -> name.startsWith("llmtrack-budgets"));
		runner(client).run((context) -> {
			connect(context);
			record(context, 60);
		});
		runner(client).run((context) -> {
			connect(context);
			record(context, 40);
		});
		runner(client).run((context) -> Waiting.await().untilAsserted(() -> assertThat(refusal(context)).isNotNull()));
		assertThat(output).doesNotContain("can't be kept", "ERROR");
		threads.awaitEnd();
	}

	@ParameterizedTest
	@EnumSource
	void contextMayBeStoppedAndStarted(Client client, CapturedOutput output) {
		runner(client).run((context) -> {
			connect(context);
			record(context, 99);
			context.stop();
			context.start();
			connect(context);
			record(context, 1);
			assertThat(refusal(context)).isNotNull();
		});
		runner(client).run((context) -> Waiting.await().untilAsserted(() -> assertThat(refusal(context)).isNotNull()));
		assertThat(output).doesNotContain("can't be kept");
	}

	@Test
	void applicationWithoutAConnectionFactoryCountsForItself(CapturedOutput output) {
		runner(null).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(RedisConnectionFactory.class);
			record(context, 99);
			assertThat(refusal(context)).isNull();
			record(context, 1);
			assertThat(refusal(context)).isNotNull();
			Waiting.await()
				.untilAsserted(() -> assertThat(output)
					.containsOnlyOnce("Accounts of budgets can't be kept in Redis (java.lang.IllegalStateException: "
							+ "There is no RedisConnectionFactory. Add "));
		});
	}

	@Test
	void applicationStartsAndEndsWithoutTheServer(CapturedOutput output) {
		this.server.kill();
		runner(Client.LETTUCE).run((context) -> {
			assertThat(context).hasNotFailed();
			record(context, 1);
			assertThat(refusal(context)).isNull();
			Waiting.await()
				.untilAsserted(() -> assertThat(output).contains("Accounts of budgets can't be kept in Redis"));
		});
		assertThat(output).containsOnlyOnce("Accounts of budgets can't be kept in Redis");
	}

}
