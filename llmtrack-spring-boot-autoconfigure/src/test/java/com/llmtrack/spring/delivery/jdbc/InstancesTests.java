// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import com.llmtrack.spring.testsupport.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with several processes on one database, of which some end or are paused. Their
 * time zones differ.
 */
@Tag("slow")
class InstancesTests {

	/** With each database. */
	private static final int KILLS = 4;

	private static final Duration SHORT_LEASE = Duration.ofSeconds(3);

	@ParameterizedTest
	@EnumSource(names = { "POSTGRESQL", "MARIADB", "MYSQL" })
	void whatKilledInstancesHaveStoredIsDeliveredByOthers(TestDatabase database) {
		int events = 400;
		try (Instances instances = new Instances(database)) {
			List<Instance> living = new ArrayList<>(instances.startWithEvents(SHORT_LEASE, 20, "a", "b", "c"));
			Map<String, String> left = new HashMap<>();
			for (int round = 1; round <= KILLS; round++) {
				living.forEach((instance) -> instance.record(events));
				// Any moment
				LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(500_000_000));
				Instance killed = living.remove(ThreadLocalRandom.current().nextInt(living.size()));
				killed.kill();
				left.putAll(instances.stored());
				living.add(instances.start("round-" + round, SHORT_LEASE));
			}
			living.forEach((instance) -> instance.record(events));
			living.forEach((instance) -> instances.awaitSpooled(instance, events));
			instances.deliverAll(living);
			assertThat(instances.server().arrivals()).containsKeys(left.keySet().toArray(String[]::new));
			living.forEach((instance) -> instances.assertArrived(instance.name(), events));
			assertLostAtMostWhatWaitedForTheSpool(instances.server().models());
			instances.assertNothingTwice(left.keySet());
		}
	}

	/**
	 * An instance stops to record while too many events wait for the spool.
	 */
	private static void assertLostAtMostWhatWaitedForTheSpool(Set<String> models) {
		Map<String, Integer> last = new HashMap<>();
		Map<String, Integer> count = new HashMap<>();
		models.forEach((model) -> {
			int separator = model.lastIndexOf('-');
			String instance = model.substring(0, separator);
			last.merge(instance, Integer.parseInt(model.substring(separator + 1)), Math::max);
			count.merge(instance, 1, Integer::sum);
		});
		last.forEach((instance, index) -> assertThat(index + 1 - count.get(instance)).as(instance)
			.isBetween(0, InstanceApplication.MAX_UNSPOOLED));
	}

	@ParameterizedTest
	@EnumSource(names = { "POSTGRESQL", "MARIADB" })
	void othersDeliverTheEventsOfAnInstanceThatEnds(TestDatabase database) {
		try (Instances instances = new Instances(database)) {
			List<Instance> all = instances.startWithEvents(SHORT_LEASE, 100, "a", "b", "c");
			InstanceStatus last = all.get(0).terminate();
			assertThat(last.isBalanced()).isTrue();
			assertThat(last.pending()).isEqualTo(last.spooled()).isEqualTo(100);
			List<Instance> living = all.subList(1, 3);
			Instances.await().until(() -> adopted(living) == 100);
			instances.deliverAll(living);
			assertThat(instances.server().models()).hasSize(300);
			all.forEach((instance) -> instances.assertArrived(instance.name(), 100));
			instances.assertNothingTwice(Set.of());
			assertThat(adopted(living)).isEqualTo(100);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "POSTGRESQL", "MARIADB" })
	void nextStartContinuesAtOnceWithTheEventsOfAllThatEnded(TestDatabase database) {
		Duration lease = Duration.ofHours(1);
		try (Instances instances = new Instances(database)) {
			List<Instance> all = instances.startWithEvents(lease, 50, "a", "b", "c");
			all.parallelStream().forEach(Instance::terminate);
			assertThat(instances.stored()).hasSize(150);
			Instance next = instances.start("next", lease);
			Instances.await().until(() -> next.status().adopted() == 150);
			instances.deliverAll(List.of(next));
			assertThat(instances.server().models()).hasSize(150);
			instances.assertNothingTwice(Set.of());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "POSTGRESQL", "MARIADB" })
	void pausedInstanceLeavesToOthersWhatTheyTookOver(TestDatabase database) {
		try (Instances instances = new Instances(database)) {
			List<Instance> all = instances.startWithEvents(SHORT_LEASE, 100, "paused", "other");
			Instance paused = all.get(0);
			Instance other = all.get(1);
			paused.freeze();
			Instances.await().until(() -> other.status().adopted() == 100);
			instances.server().available(true);
			other.resume();
			Instances.await().until(() -> other.status().pending() == 0);
			Set<String> delivered = instances.server().arrivals().keySet();
			assertThat(delivered).hasSize(200);
			paused.wakeUp();
			instances.deliverAll(all);
			assertThat(paused.status().ceded() + paused.status().delivered()).isEqualTo(100);
			assertThat(paused.log()).filteredOn((line) -> line.contains("Other instances took over")).hasSize(1);
			assertThat(instances.server().arrivals()).hasSize(200);
			// What the paused one sends before it knows has the same key
			instances.assertNothingTwice(delivered);
		}
	}

	private static long adopted(List<Instance> instances) {
		return instances.stream().mapToLong((instance) -> instance.status().adopted()).sum();
	}

}
