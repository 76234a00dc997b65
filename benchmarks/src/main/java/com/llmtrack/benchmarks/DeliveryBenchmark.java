// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.zaxxer.hikari.HikariDataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Events per second to a server in a process of its own: recorded, encoded, sent,
 * answered and acknowledged. On a class path without Reactor Netty, everything uses the
 * JDK's client.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class DeliveryBenchmark {

	private static final int EVENTS = 5_000;

	/**
	 * How many exchanges are under way at once.
	 */
	@Param({ "4", "16", "64" })
	public int inFlight;

	private ServerProcess server;

	@Setup
	public void start() {
		this.server = ServerProcess.start();
	}

	@TearDown
	public void stop() {
		this.server.close();
	}

	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public long starter(Starter starter) {
		return starter.deliver();
	}

	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public long starterWithSpool(StarterWithSpool starter) {
		return starter.deliver();
	}

	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public long starterWithDatabase(StarterWithDatabase starter) {
		return starter.deliver();
	}

	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public long webClientLoop(Loop loop) {
		return loop.client.post(EVENTS);
	}

	private static LlmUsageEvent event() {
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini-2024-07-18")
			.tokens(LlmTokenUsage.of(19L, 10L, 29L))
			.latency(Duration.ofMillis(842))
			.status(LlmRequestStatus.SUCCESS)
			.environment("staging")
			.feature("support-chat")
			.build();
	}

	/**
	 * The starter as it is configured by default, but for the number of exchanges.
	 */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class Starter {

		private final LlmUsageEvent event = event();

		private ConfigurableApplicationContext context;

		private EventDispatcher dispatcher;

		@Setup
		public void start(DeliveryBenchmark benchmark) {
			Map<String, Object> properties = new LinkedHashMap<>();
			properties.put("llmtrack.base-url", benchmark.server.url());
			properties.put("llmtrack.delivery.max-in-flight", benchmark.inFlight);
			customize(properties);
			this.context = start(properties);
			this.dispatcher = this.context.getBean(EventDispatcher.class);
		}

		void customize(Map<String, Object> properties) {
		}

		ConfigurableApplicationContext start(Map<String, Object> properties) {
			return BenchmarkApplication.start(Variant.STARTER, properties);
		}

		boolean hasSpool() {
			return false;
		}

		@TearDown
		public void stop() {
			this.context.close();
		}

		long deliver() {
			for (int i = 0; i < EVENTS; i++) {
				this.dispatcher.record(this.event);
			}
			boolean spooled = false;
			while (this.dispatcher.getPending() > 0) {
				spooled |= this.dispatcher.getSpooled() > 0;
				LockSupport.parkNanos(100_000);
			}
			if (spooled != hasSpool()) {
				throw new IllegalStateException(spooled ? "Events were spooled" : "No event was spooled");
			}
			long delivered = this.dispatcher.getStatistics().getDelivered();
			if (delivered != this.dispatcher.getStatistics().getRecorded()) {
				throw new IllegalStateException("Events were dropped");
			}
			return delivered;
		}

	}

	/**
	 * The starter with a spool in a temporary directory.
	 */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class StarterWithSpool extends Starter {

		private Path directory;

		@Override
		void customize(Map<String, Object> properties) {
			try {
				this.directory = Files.createTempDirectory("spool");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			properties.put("llmtrack.spool.directory", this.directory.toString());
		}

		@Override
		boolean hasSpool() {
			return true;
		}

		@Override
		@TearDown
		public void stop() {
			super.stop();
			try {
				FileSystemUtils.deleteRecursively(this.directory);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * The starter with a spool in a database.
	 */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class StarterWithDatabase extends Starter {

		private HikariDataSource dataSource;

		@Override
		void customize(Map<String, Object> properties) {
			properties.put("llmtrack.spool.jdbc", "true");
			properties.put("llmtrack.spool.initialize-schema", "always");
		}

		@Override
		ConfigurableApplicationContext start(Map<String, Object> properties) {
			this.dataSource = SpoolDatabase.connect();
			return BenchmarkApplication.start(Variant.STARTER, properties, this.dataSource);
		}

		@Override
		boolean hasSpool() {
			return true;
		}

		@Override
		@TearDown
		public void stop() {
			super.stop();
			this.dataSource.close();
		}

	}

	/**
	 * What a good engineer would write instead of the starter's delivery.
	 */
	@State(Scope.Benchmark)
	@SuppressWarnings("NullAway.Init")
	public static class Loop {

		private WebClientLoop client;

		@Setup
		public void start(DeliveryBenchmark benchmark) {
			this.client = WebClientLoop.to(benchmark.server.url(), benchmark.inFlight);
		}

		@TearDown
		public void stop() {
			this.client.close();
		}

	}

}
