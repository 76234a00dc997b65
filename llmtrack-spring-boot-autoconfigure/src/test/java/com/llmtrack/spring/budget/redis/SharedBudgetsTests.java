// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmBudgetExceededEvent;
import com.llmtrack.spring.LlmBudgetWarningEvent;
import com.llmtrack.spring.testsupport.RedisServer;
import com.llmtrack.spring.testsupport.TcpProxy;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with several instances of an application that share a budget, also while Redis
 * fails in the ways that servers and networks do.
 */
@Tag("slow")
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class SharedBudgetsTests {

	private static final String FAILS = "Accounts of budgets can't be kept in Redis";

	private static final String WORKS_AGAIN = "Accounts of budgets are kept in Redis again";

	private final List<AutoCloseable> opened = new ArrayList<>();

	@TempDir
	private Path directory;

	private RedisServer server;

	@BeforeEach
	void startServer() {
		this.server = open(RedisServer.create());
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
	}

	private <T extends AutoCloseable> T open(T resource) {
		this.opened.add(resource);
		return resource;
	}

	private BudgetInstance instance() {
		return open(BudgetInstance.onRedis(this.server.port()));
	}

	@Test
	void whatOneInstanceSpendsTheOtherRefuses() {
		BudgetInstance first = instance();
		BudgetInstance second = instance();
		assertThat(second.isRefused()).isFalse();
		first.record(999);
		Waiting.await().untilAsserted(() -> assertThat(second.spent() + (second.isRefused() ? 1 : 0)).isEqualTo(999));
		first.record(1);
		Waiting.await().until(second::isRefused);
		assertThat(first.isRefused()).isTrue();
		assertThat(instance().isRefused()).isTrue();
	}

	@Test
	void oneInstanceTellsOfEachLevel() {
		List<BudgetInstance> instances = List.of(instance(), instance(), instance());
		instances.forEach((instance) -> instance.record(270));
		awaitSpent(instances, 810);
		Waiting.await().untilAsserted(() -> assertThat(published(instances)).hasSize(1));
		instances.forEach((instance) -> instance.record(70));
		awaitSpent(instances, 1020);
		BudgetInstance last = instance();
		awaitSpent(List.of(last), 1020);
		Waiting.await().untilAsserted(() -> assertThat(published(instances)).hasSize(2));
		Waiting.awhile().untilAsserted(() -> assertThat(published(instances)).hasSize(2));
		assertThat(published(instances)).hasAtLeastOneElementOfType(LlmBudgetWarningEvent.class)
			.hasAtLeastOneElementOfType(LlmBudgetExceededEvent.class);
		assertThat(last.published()).isEmpty();
	}

	private static List<Object> published(List<BudgetInstance> instances) {
		return instances.stream().flatMap((instance) -> instance.published().stream()).toList();
	}

	private static void awaitSpent(List<BudgetInstance> instances, int spent) {
		Waiting.await().untilAsserted(() -> assertThat(instances).allSatisfy((instance) -> {
			// Reads the account if it is not fresh
			instance.isRefused();
			assertThat(instance.spent()).isEqualTo(spent);
		}));
	}

	/**
	 * All at the same time, as an instance tries Redis again after ten seconds.
	 */
	@Test
	void eachRequestCountsOnceAfterAnyOutage(CapturedOutput output) {
		List<Outage> outages = Stream
			.<Outage>of(new PausedServer(), new KilledServer(), new StalledNetwork(), new UnreachableServer())
			.map(this::open)
			.toList();
		outages.forEach((outage) -> awaitSpent(outage.instances, 20));
		outages.forEach(Outage::begin);
		for (int i = 0; i < 10; i++) {
			outages.forEach((outage) -> outage.instances.forEach((instance) -> {
				instance.record(1);
				assertThat(instance.isRefused()).isFalse();
			}));
		}
		Waiting.await().untilAsserted(() -> assertThat(output.getOut().split(FAILS)).hasSize(2 * outages.size() + 1));
		outages.forEach((outage) -> outage.instances.forEach((instance) -> assertThat(instance.spent()).isEqualTo(30)));
		outages.forEach(Outage::end);
		outages.forEach((outage) -> outage.instances.forEach((instance) -> instance.record(10)));
		outages.forEach((outage) -> awaitSpent(outage.instances, 60));
		Waiting.await()
			.untilAsserted(() -> assertThat(output.getOut().split(WORKS_AGAIN)).hasSize(2 * outages.size() + 1));
		outages.forEach((outage) -> awaitSpent(List.of(open(BudgetInstance.onRedis(outage.server.port()))), 60));
		assertThat(output.getOut().split(FAILS)).hasSize(2 * outages.size() + 1);
	}

	@Test
	void slowRedisDelaysNothingForLong(CapturedOutput output) {
		TcpProxy proxy = open(new TcpProxy(this.server.port()));
		BudgetInstance instance = open(BudgetInstance.onRedis(proxy.port()));
		instance.record(10);
		BudgetInstance other = instance();
		awaitSpent(List.of(other), 10);
		proxy.slow(Duration.ofMillis(100));
		Waiting.await().untilAsserted(() -> {
			assertThat(instance.isRefused()).isFalse();
			assertThat(output).contains("did not get a fresh amount from Redis within 50 ms");
		});
		other.record(990);
		Waiting.await().until(instance::isRefused);
		assertThat(output).doesNotContain(FAILS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis", "directory" })
	void killedProcessLosesOnlyWhatItHadNotHandedOver(String store) throws Exception {
		String place = store.equals("redis") ? Integer.toString(this.server.port()) : this.directory.toString();
		Child first = open(new Child(store, place));
		Child second = open(new Child(store, place));
		first.write("100!");
		second.write("100!");
		first.awaitAnswer();
		second.awaitAnswer();
		for (int i = 0; i < 20; i++) {
			first.write("1!");
			second.write("1!");
		}
		for (int i = 0; i < 20; i++) {
			first.awaitAnswer();
			second.awaitAnswer();
		}
		first.write("100");
		first.awaitAnswer();
		first.close();
		BudgetInstance last = open(store.equals("redis") ? BudgetInstance.onRedis(this.server.port())
				: BudgetInstance.inDirectory(this.directory));
		Waiting.await().until(() -> last.spent() > 0);
		int spent = last.spent();
		assertThat(spent).isBetween(240, 340);
		second.write("5!");
		second.awaitAnswer();
		second.close();
		last.record(1);
		awaitSpent(List.of(last), spent + 6);
	}

	/**
	 * Two instances, on a Redis that fails.
	 */
	private abstract static class Outage implements AutoCloseable {

		protected final RedisServer server = RedisServer.create();

		protected final TcpProxy proxy = new TcpProxy(this.server.port());

		private final List<BudgetInstance> instances = List.of(BudgetInstance.onRedis(this.proxy.port()),
				BudgetInstance.onRedis(this.proxy.port()));

		Outage() {
			this.instances.forEach((instance) -> instance.record(10));
		}

		abstract void begin();

		abstract void end();

		@Override
		public void close() {
			this.instances.forEach(BudgetInstance::close);
			this.proxy.close();
			this.server.close();
		}

	}

	private static final class PausedServer extends Outage {

		@Override
		void begin() {
			this.server.pause();
		}

		@Override
		void end() {
			this.server.resume();
		}

	}

	private static final class KilledServer extends Outage {

		@Override
		void begin() {
			this.server.kill();
		}

		@Override
		void end() {
			this.server.start();
		}

	}

	/**
	 * What was sent before arrives late.
	 */
	private static final class StalledNetwork extends Outage {

		@Override
		void begin() {
			this.proxy.stall();
		}

		@Override
		void end() {
			this.proxy.proceed();
		}

	}

	private static final class UnreachableServer extends Outage {

		@Override
		void begin() {
			this.proxy.refuse();
		}

		@Override
		void end() {
			this.proxy.listen();
		}

	}

	/**
	 * An instance in a process of its own, which is killed at the end.
	 */
	private static final class Child implements AutoCloseable {

		private final Process process;

		private final Writer input;

		private final BufferedReader output;

		Child(String... arguments) throws IOException {
			List<String> command = new ArrayList<>(List.of(
					Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
					"-cp", System.getProperty("java.class.path"), BudgetInstance.class.getName()));
			command.addAll(List.of(arguments));
			this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
			this.input = this.process.outputWriter();
			this.output = this.process.inputReader();
		}

		void write(String line) throws IOException {
			this.input.write(line + "\n");
			this.input.flush();
		}

		void awaitAnswer() throws IOException {
			List<String> log = new ArrayList<>();
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				if (line.startsWith(BudgetInstance.READY)) {
					return;
				}
				log.add(line);
			}
			throw new IllegalStateException("The process has ended: " + log);
		}

		@Override
		public void close() throws InterruptedException {
			this.process.destroyForcibly().waitFor();
		}

	}

}
