// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.AccountStore;
import com.llmtrack.spring.budget.BudgetPeriod;
import com.llmtrack.spring.budget.BudgetSettings;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.budget.FileAccountStore;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * An instance of an application with a budget of 1,000 requests that refuses further
 * ones, in this process or in one of its own.
 */
public final class BudgetInstance implements AutoCloseable {

	static final String READY = "> ";

	private static final PrintStream OUTPUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true);

	/** Shorter than by default, so that tests need not wait for it. */
	private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

	private static final BudgetSettings BUDGET = new BudgetSettings("shared", null, null, null, null, null,
			BudgetPeriod.MONTH, ZoneOffset.UTC, LlmBudgetUnit.REQUESTS, BigDecimal.valueOf(1000), 0.8, true);

	private final List<Object> published = new CopyOnWriteArrayList<>();

	private final Budgets budgets;

	private final Runnable end;

	private BudgetInstance(AccountStore store, Runnable end) {
		this.budgets = Budgets.create(List.of(BUDGET), null, false, store, Duration.ofMillis(50), this.published::add);
		this.budgets.open();
		this.end = end;
	}

	static BudgetInstance onRedis(int port) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port),
				LettuceClientConfiguration.builder()
					.commandTimeout(COMMAND_TIMEOUT)
					.shutdownTimeout(Duration.ZERO)
					.build());
		connections.afterPropertiesSet();
		connections.start();
		return new BudgetInstance(new RedisAccountStore(() -> connections, "llmtrack:"), connections::destroy);
	}

	static BudgetInstance inDirectory(Path directory) {
		return new BudgetInstance(new FileAccountStore(directory, "shop"), () -> {
		});
	}

	/**
	 * Record as many requests as each line of the input says. Hand over those of a line
	 * that ends with an exclamation mark before the answer.
	 */
	public static void main(String[] args) throws IOException {
		BudgetInstance instance = args[0].equals("redis") ? onRedis(Integer.parseInt(args[1]))
				: inDirectory(Path.of(args[1]));
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			instance.record(Integer.parseInt(line.replace("!", "")));
			if (line.endsWith("!")) {
				instance.budgets.flush();
			}
			OUTPUT.println(READY + line);
		}
		instance.close();
		System.exit(0);
	}

	void record(int requests) {
		for (int i = 0; i < requests; i++) {
			this.budgets.record(LlmUsageEvent.builder().provider("openai").model("gpt-4o").build());
		}
	}

	int spent() {
		return this.budgets.status().get(0).account().spent().intValueExact();
	}

	boolean isRefused() {
		return this.budgets.refusal("openai", "gpt-4o", null, null) != null;
	}

	List<Object> published() {
		return this.published;
	}

	@Override
	public void close() {
		this.budgets.close();
		this.end.run();
	}

}
