// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import com.llmtrack.spring.delivery.IngestServer;
import com.llmtrack.spring.testsupport.TcpProxy;
import com.llmtrack.spring.testsupport.TestDatabase;
import com.llmtrack.spring.testsupport.TestSchema;
import com.llmtrack.spring.testsupport.Waiting;
import org.awaitility.core.ConditionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances of an application on one schema, each a process of its own, and the LLMtrack
 * that they send to. They reach the database through a proxy, the test does not.
 */
final class Instances implements AutoCloseable {

	private static final Pattern MODEL = Pattern.compile("\"model\" ?: ?\"([^\"]+)\"");

	private final IngestServer server = new IngestServer();

	private final List<Instance> all = new ArrayList<>();

	private final TestSchema schema;

	private final TcpProxy proxy;

	private final TestSchema proxied;

	Instances(TestDatabase database) {
		this.schema = database.create();
		int port = URI.create(this.schema.url().substring("jdbc:".length())).getPort();
		this.proxy = new TcpProxy(port);
		this.proxied = this.schema.withUrl((url) -> url.replace(":" + port + "/", ":" + this.proxy.port() + "/"));
		this.server.hurry();
		this.server.available(false);
	}

	/**
	 * Wait for what other processes do, without keeping them from it.
	 */
	static ConditionFactory await() {
		return Waiting.await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofMinutes(1));
	}

	IngestServer server() {
		return this.server;
	}

	TestSchema schema() {
		return this.schema;
	}

	TcpProxy proxy() {
		return this.proxy;
	}

	Instance start(String name, Duration lease) {
		Instance instance = Instance.start(name, lease, this.server, this.proxied);
		this.all.add(instance);
		return instance;
	}

	/**
	 * Start instances that have stored some events each.
	 */
	List<Instance> startWithEvents(Duration lease, int events, String... names) {
		List<Instance> instances = List.of(names).stream().map((name) -> start(name, lease)).toList();
		instances.forEach((instance) -> instance.record(events));
		instances.forEach((instance) -> awaitSpooled(instance, events));
		return instances;
	}

	void awaitSpooled(Instance instance, int events) {
		await().untilAsserted(
				() -> assertThat(instance.status().spooled()).as("%s", instance).isGreaterThanOrEqualTo(events));
	}

	/**
	 * Return the models of the events in the database by the events' idempotency keys.
	 */
	Map<String, String> stored() {
		return this.schema.jdbc()
			.query("SELECT EVENT_ID, BODY FROM LLMTRACK_EVENT",
					(row, index) -> Map.entry(row.getString(1), model(row.getBytes(2))))
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static String model(byte[] body) {
		Matcher matcher = MODEL.matcher(new String(body, StandardCharsets.UTF_8));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	/**
	 * Wait until the database's clock has gone on.
	 */
	void awaitDatabaseClock(Duration duration) {
		String now = "SELECT EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)";
		double end = this.schema.jdbc().queryForObject(now, Double.class) + duration.toMillis() / 1000.0;
		await().atMost(duration.plusMinutes(1)).until(() -> this.schema.jdbc().queryForObject(now, Double.class) > end);
	}

	/**
	 * Let LLMtrack accept events, and wait until all have been delivered.
	 */
	void deliverAll(List<Instance> living) {
		this.server.available(true);
		await().untilAsserted(() -> {
			living.forEach(Instance::resume);
			assertThat(stored()).isEmpty();
			assertThat(living).allSatisfy((instance) -> assertThat(instance.status().pending()).isZero());
		});
		assertThat(living).allSatisfy((instance) -> {
			InstanceStatus status = instance.status();
			assertThat(status.isBalanced()).as("%s", status).isTrue();
			assertThat(status.dropped()).isZero();
		});
		assertThat(this.all).filteredOn(living::contains)
			.allSatisfy((instance) -> assertThat(instance.status().mostConnections()).isLessThanOrEqualTo(1));
	}

	/**
	 * Check that all events of an instance have arrived.
	 */
	void assertArrived(String name, long events) {
		Set<String> models = LongStream.range(0, events).mapToObj((i) -> name + "-" + i).collect(Collectors.toSet());
		assertThat(this.server.models()).containsAll(models);
	}

	/**
	 * Check that no event has arrived under two keys, and none twice except for some.
	 * @param exceptions the keys of events that may have been in flight when their
	 * instance was killed
	 */
	void assertNothingTwice(Set<String> exceptions) {
		assertThat(this.server.keysOfEvents()).allSatisfy((keys) -> assertThat(keys).hasSize(1));
		this.server.arrivals().forEach((key, times) -> {
			if (times > 1) {
				assertThat(exceptions).contains(key);
			}
		});
	}

	@Override
	public void close() {
		this.all.forEach(Instance::close);
		this.proxy.close();
		this.server.close();
		this.schema.close();
	}

}
