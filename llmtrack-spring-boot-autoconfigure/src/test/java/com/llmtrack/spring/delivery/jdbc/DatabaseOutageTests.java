// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.llmtrack.spring.testsupport.TestDatabase;
import com.llmtrack.spring.testsupport.TestSchema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with three processes on one database that fails in the ways that databases do.
 */
@Tag("slow")
class DatabaseOutageTests {

	private static final Duration LEASE = Duration.ofSeconds(3);

	private static final Duration LONG_LEASE = Duration.ofHours(1);

	private static final String NOT_USED = "The spool in the database can't be used";

	private static final String USED_AGAIN = "The spool in the database is used again";

	/**
	 * What happens to the database, or to the network before it.
	 */
	enum Outage {

		STALLED {

			@Override
			void begin(Instances instances) {
				instances.proxy().stall();
			}

			@Override
			void end(Instances instances) {
				instances.proxy().proceed();
			}

		},

		UNREACHABLE {

			@Override
			void begin(Instances instances) {
				instances.proxy().refuse();
			}

			@Override
			void end(Instances instances) {
				instances.proxy().listen();
			}

		},

		READ_ONLY {

			@Override
			TestDatabase database() {
				return TestDatabase.CONTROLLED_POSTGRESQL;
			}

			@Override
			void begin(Instances instances) {
				alter(instances, "SET default_transaction_read_only = on");
			}

			@Override
			void end(Instances instances) {
				alter(instances, "RESET default_transaction_read_only");
			}

		},

		WITHOUT_TABLES {

			@Override
			void begin(Instances instances) {
				instances.schema().execute("ALTER TABLE LLMTRACK_EVENT RENAME TO LLMTRACK_GONE");
			}

			@Override
			void end(Instances instances) {
				instances.schema().execute("ALTER TABLE LLMTRACK_GONE RENAME TO LLMTRACK_EVENT");
			}

		};

		TestDatabase database() {
			return TestDatabase.POSTGRESQL;
		}

		abstract void begin(Instances instances);

		abstract void end(Instances instances);

		private static void alter(Instances instances, String change) {
			String url = instances.schema().url();
			writable(instances.schema())
				.execute("ALTER DATABASE " + url.substring(url.lastIndexOf('/') + 1) + " " + change);
			endConnections(instances);
		}

		private static TestSchema writable(TestSchema schema) {
			return schema.withUrl((url) -> url + "?options=-c%20default_transaction_read_only=off");
		}

		private static void endConnections(Instances instances) {
			instances.schema()
				.jdbc()
				.queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
						+ "WHERE datname = current_database() AND pid <> pg_backend_pid()");
		}

	}

	@ParameterizedTest
	@EnumSource
	void eventsAreDeliveredFromMemoryUntilTheDatabaseIsBack(Outage outage) {
		try (Instances instances = new Instances(outage.database())) {
			List<Instance> all = instances.startWithEvents(LONG_LEASE, 50, "a", "b", "c");
			outage.begin(instances);
			surviveOutage(instances, all, () -> outage.end(instances));
		}
	}

	@Test
	void eventsAreDeliveredFromMemoryWhileTheServerIsPaused() {
		try (Instances instances = new Instances(TestDatabase.CONTROLLED_POSTGRESQL)) {
			List<Instance> all = instances.startWithEvents(LONG_LEASE, 50, "a", "b", "c");
			DatabaseServer.pause();
			try {
				surviveOutage(instances, all, DatabaseServer::resume);
			}
			finally {
				DatabaseServer.resume();
			}
		}
	}

	@Test
	void eventsAreDeliveredFromMemoryUntilTheServerIsStartedAgain() {
		try (Instances instances = new Instances(TestDatabase.CONTROLLED_POSTGRESQL)) {
			List<Instance> all = instances.startWithEvents(LONG_LEASE, 50, "a", "b", "c");
			DatabaseServer.kill();
			surviveOutage(instances, all, DatabaseServer::start);
		}
	}

	/**
	 * Record more during an outage, which is delivered before the end of the outage.
	 */
	private static void surviveOutage(Instances instances, List<Instance> all, Runnable end) {
		all.forEach(Instance::recordWithoutWaiting);
		all.forEach((instance) -> instance.record(100));
		all.forEach((instance) -> awaitLine(instance, NOT_USED));
		instances.server().available(true);
		Instances.await().untilAsserted(() -> {
			all.forEach(Instance::resume);
			all.forEach((instance) -> instances.assertArrived(instance.name(), 100));
		});
		instances.server().available(false);
		all.forEach((instance) -> instance.record(150));
		end.run();
		all.forEach((instance) -> awaitLine(instance, USED_AGAIN));
		all.forEach((instance) -> instances.awaitSpooled(instance, 50));
		assertThat(instances.stored()).hasSize(150);
		instances.deliverAll(all);
		assertThat(instances.server().models()).hasSize(450);
		all.forEach((instance) -> {
			instances.assertArrived(instance.name(), 150);
			assertThat(lines(instance, NOT_USED)).as("%s", instance).hasSize(1);
			assertThat(lines(instance, USED_AGAIN)).as("%s", instance).hasSize(1);
			assertThat(lines(instance, "] ERROR ")).isEmpty();
			assertThat(instance.status().adopted()).isZero();
		});
		instances.assertNothingTwice(Set.of());
	}

	@Test
	void databaseMayComeAfterTheInstances() {
		try (Instances instances = new Instances(TestDatabase.POSTGRESQL)) {
			instances.proxy().refuse();
			List<Instance> all = List.of(instances.start("a", LEASE), instances.start("b", LEASE));
			all.forEach(Instance::recordWithoutWaiting);
			all.forEach((instance) -> instance.record(50));
			all.forEach((instance) -> awaitLine(instance, NOT_USED));
			instances.proxy().listen();
			all.forEach((instance) -> instances.awaitSpooled(instance, 50));
			assertThat(instances.stored()).hasSize(100);
			instances.deliverAll(all);
			assertThat(instances.server().models()).hasSize(100);
			instances.assertNothingTwice(Set.of());
		}
	}

	@Test
	void instanceEndsInTimeWhenTheDatabaseDoesNotRespond() {
		try (Instances instances = new Instances(TestDatabase.POSTGRESQL)) {
			List<Instance> all = instances.startWithEvents(LEASE, 50, "a", "b");
			Instance ending = all.get(0);
			instances.proxy().stall();
			ending.recordWithoutWaiting();
			ending.record(80);
			InstanceStatus last = ending.terminate();
			assertThat(last.isBalanced()).as("%s", last).isTrue();
			assertThat(last.pending()).isEqualTo(50);
			assertThat(last.dropped()).isEqualTo(30);
			instances.proxy().proceed();
			Instance other = all.get(1);
			Instances.await().until(() -> other.status().adopted() == 50);
			instances.deliverAll(List.of(other));
			instances.assertArrived("a", 50);
			instances.assertNothingTwice(Set.of());
		}
	}

	@Test
	void noInstanceTakesEventsFromOthersThatCouldNotRenewTheirLeasesEither() {
		try (Instances instances = new Instances(TestDatabase.POSTGRESQL)) {
			List<Instance> all = instances.startWithEvents(LEASE, 50, "a", "b", "c");
			instances.proxy().stall();
			instances.awaitDatabaseClock(LEASE.multipliedBy(2));
			instances.proxy().proceed();
			instances.awaitDatabaseClock(Duration.ofSeconds(25));
			assertThat(all).allSatisfy((instance) -> {
				assertThat(instance.status().adopted()).isZero();
				assertThat(instance.status().ceded()).isZero();
			});
			instances.deliverAll(all);
			assertThat(instances.server().models()).hasSize(150);
			instances.assertNothingTwice(Set.of());
		}
	}

	@Test
	void slowDatabaseDelaysNothingButStoring() {
		try (Instances instances = new Instances(TestDatabase.POSTGRESQL)) {
			instances.proxy().slow(Duration.ofMillis(50));
			List<Instance> all = instances.startWithEvents(LONG_LEASE, 80, "a", "b", "c");
			instances.deliverAll(all);
			assertThat(instances.server().models()).hasSize(240);
			instances.assertNothingTwice(Set.of());
		}
	}

	private static void awaitLine(Instance instance, String text) {
		Instances.await().untilAsserted(() -> assertThat(lines(instance, text)).as("%s", instance).isNotEmpty());
	}

	private static List<String> lines(Instance instance, String text) {
		return instance.log().stream().filter((line) -> line.contains(text)).toList();
	}

}
