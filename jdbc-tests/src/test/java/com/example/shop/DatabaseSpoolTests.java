// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.test.LlmTrackAnswer;
import com.llmtrack.spring.test.ReceivedEvent;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests an application that keeps pending events in the database that it works with.
 */
class DatabaseSpoolTests extends AbstractDatabaseTests {

	/** The spool is tried again when a lease is renewed. */
	private static final String SHORT_LEASE = "llmtrack.spool.lease=15s";

	@ParameterizedTest
	@ValueSource(strings = { "spring.main.lazy-initialization=true", "spring.main.lazy-initialization=false" })
	void pendingEventsWaitForTheNextStart(String property, CapturedOutput output) {
		fail();
		try (ConfigurableApplicationContext context = start(property)) {
			record(context, "a", "b", "c");
			awaitSpooled(3);
		}
		List<String> keys = this.database.queryForList("SELECT EVENT_ID FROM LLMTRACK_EVENT", String.class);
		assertThat(output).contains("; spool: database", "3 events wait in the spool").doesNotContain("are lost");
		assertThat(this.database.queryForList("SELECT * FROM LLMTRACK_EVENT").toString())
			.doesNotContain(this.llmTrack.apiKey());
		assertThat(this.database.queryForList("SELECT LEASE_EXPIRES_AT FROM LLMTRACK_INSTANCE")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("LEASE_EXPIRES_AT", null));
		this.llmTrack.answer(LlmTrackAnswer.created());
		try (ConfigurableApplicationContext context = start(property)) {
			assertThat(this.llmTrack.await(3)).extracting(ReceivedEvent::idempotencyKey)
				.containsExactlyInAnyOrderElementsOf(keys);
			awaitSpooled(0);
		}
		assertThat(delivered()).containsExactly("a", "b", "c");
		assertThat(this.llmTrack.refused()).isEmpty();
		assertThat(count("LLMTRACK_INSTANCE")).isZero();
	}

	@Test
	void eventsThatAreStillInMemoryAreStoredBeforeThePoolIsClosed(CapturedOutput output) {
		fail();
		try (ConfigurableApplicationContext context = start()) {
			record(context, IntStream.range(0, 500).mapToObj(String::valueOf).toArray(String[]::new));
		}
		assertThat(countEvents()).isEqualTo(500);
		assertThat(output).contains("500 events wait in the spool")
			.doesNotContain("are lost", "can't be used", " WARN com.zaxxer");
	}

	@Test
	void rollbackOfTheApplicationLeavesItsEvents() {
		fail();
		try (ConfigurableApplicationContext context = start()) {
			new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((transaction) -> {
					context.getBean(JdbcTemplate.class).update("INSERT INTO ORDERS VALUES (1)");
					record(context, "a");
					awaitSpooled(1);
					transaction.setRollbackOnly();
				});
			assertThat(count("ORDERS")).isZero();
			assertThat(countEvents()).isOne();
		}
	}

	@Test
	@Tag("slow")
	void onlyConnectionIsTheApplications(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("spring.datasource.hikari.maximum-pool-size=1",
				SHORT_LEASE)) {
			record(context, "before");
			this.llmTrack.await(1);
			new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((transaction) -> {
					context.getBean(JdbcTemplate.class).update("INSERT INTO ORDERS VALUES (1)");
					long begin = System.nanoTime();
					record(context, "a", "b");
					assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
					// From memory, while there is no connection for the spool
					this.llmTrack.await(3);
				});
			assertThat(count("ORDERS")).isOne();
			fail();
			record(context, "after");
			// And now there is one
			awaitSpooled(1);
		}
		assertThat(output).containsOnlyOnce("The spool in the database can't be used")
			.containsOnlyOnce("The spool in the database is used again.");
	}

	@Test
	void onlyConnectionIsGivenBack() {
		fail();
		try (ConfigurableApplicationContext context = start("spring.datasource.hikari.maximum-pool-size=1",
				"spring.datasource.hikari.connection-timeout=5000")) {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			for (int i = 0; i < 200; i++) {
				record(context, "model-" + i);
				jdbc.update("INSERT INTO ORDERS VALUES (?)", i);
			}
			awaitSpooled(200);
			await()
				.until(() -> context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections() == 0);
		}
		assertThat(count("ORDERS")).isEqualTo(200);
	}

	@Test
	@Tag("slow")
	void tablesMayBeCreatedWhileTheApplicationRuns(CapturedOutput output) {
		fail();
		try (ConfigurableApplicationContext context = start("llmtrack.spool.initialize-schema=never", SHORT_LEASE)) {
			record(context, "a");
			await().until(() -> output.toString().contains("The spool in the database can't be used"));
			createTables();
			awaitSpooled(1);
			assertThat(output).containsOnlyOnce("The spool in the database can't be used")
				.containsOnlyOnce("The spool in the database is used again.");
		}
	}

	private void createTables() {
		try (ConfigurableApplicationContext context = start("llmtrack.spool.initialize-schema=always")) {
			await().until(() -> countTables() == 2);
		}
	}

	private int countTables() {
		return this.database.queryForObject(
				"SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'LLMTRACK%'", Integer.class);
	}

	@Test
	void spoolIsShown() {
		fail();
		try (ConfigurableApplicationContext context = start("spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=llmtrack", "llmtrack.spool.max-events=7")) {
			record(context, "a");
			awaitSpooled(1);
			LlmTrackEndpoint.Report report = context.getBean(LlmTrackEndpoint.class).report();
			assertThat(report.spool()).isEqualTo("database");
			await().untilAsserted(() -> assertThat(context.getBean(LlmTrackEndpoint.class).report().events())
				.containsEntry("spooled", 1));
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("llmtrack.spool.capacity").gauge().value()).isEqualTo(7);
			assertThat(meters.get("llmtrack.spool.size").gauge().value()).isEqualTo(1);
		}
	}

	@Test
	void boundIsThatOfTheProperties(CapturedOutput output) {
		fail();
		try (ConfigurableApplicationContext context = start("llmtrack.spool.max-events=2")) {
			record(context, "a", "b", "c");
			await().until(() -> output.toString().contains("The spool in the database is full with 2 events"));
			assertThat(countEvents()).isEqualTo(2);
		}
		assertThat(output).contains("1 events were not delivered before the application ended and are lost");
	}

	@Test
	void tablesMayHaveAPrefixOfTheirOwn() {
		fail();
		try (ConfigurableApplicationContext context = start("llmtrack.spool.table-prefix=SHOP_LLMTRACK_")) {
			record(context, "a");
			await().ignoreExceptions().until(() -> count("SHOP_LLMTRACK_EVENT") == 1);
		}
		assertThat(count("SHOP_LLMTRACK_INSTANCE")).isOne();
		assertThat(countTables()).isZero();
	}

}
