// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.LoadedEvents;
import com.llmtrack.spring.delivery.SpoolUpkeep;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.TestDatabase;
import com.llmtrack.spring.testsupport.TestSchema;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcSpool} while the database can't be used.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class JdbcSpoolFailureTests extends AbstractJdbcSpoolTests {

	private static final Duration RETRY = Duration.ofSeconds(10);

	@Override
	TestSchema createSchema() {
		return TestDatabase.H2.create();
	}

	private UnreliableDataSource unreliable() {
		return new UnreliableDataSource(schema().dataSource());
	}

	private JdbcSpool spool(UnreliableDataSource dataSource) {
		return spool(settings(SchemaInitialization.ALWAYS, 1_000, 1_000_000), dataSource);
	}

	/**
	 * Return a spool that works, until its database does not answer any more.
	 */
	private JdbcSpool spoolThatHangs(UnreliableDataSource dataSource, CountDownLatch hanging) {
		store(spool(), 1);
		this.patience = Duration.ofSeconds(2);
		JdbcSpool spool = spool(dataSource);
		assertThat(store(spool, 1)).hasSize(1);
		dataSource.hanging = hanging;
		return spool;
	}

	@Test
	void databaseIsNotTouchedBeforeTheSpoolIsOpened() {
		JdbcSpool spool = new JdbcSpool(settings(SchemaInitialization.ALWAYS, 10, 10_000), () -> {
			throw new IllegalStateException();
		}, CODEC);
		assertThat(store(spool, 1)).isEmpty();
		assertThat(spool.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		spool.close();
	}

	@Test
	void withoutDatabaseNothingIsStored() {
		JdbcSpool spool = new JdbcSpool(settings(SchemaInitialization.ALWAYS, 10, 10_000), () -> null, CODEC);
		spool.open();
		assertThat(store(spool, 1)).isEmpty();
		spool.close();
	}

	@Test
	void databaseThatIsDownIsReportedOnceAndTriedAgain(CapturedOutput output) {
		UnreliableDataSource dataSource = unreliable();
		JdbcSpool spool = spool(dataSource);
		dataSource.down = true;
		assertThat(store(spool, 1)).isEmpty();
		assertThat(dataSource.opened()).isOne();
		assertThat(store(spool, 1)).isEmpty();
		assertThat(spool.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		assertThat(dataSource.opened()).isOne();
		assertThat(spool.upkeepInterval()).isEqualTo(RETRY);
		elapse(RETRY);
		assertThat(store(spool, 1)).isEmpty();
		assertThat(dataSource.opened()).isEqualTo(2);
		dataSource.down = false;
		elapse(RETRY);
		assertThat(store(spool, 1)).hasSize(1);
		assertThat(spool.upkeepInterval()).isEqualTo(LEASE.dividedBy(3));
		assertThat(output.toString()
			.split(Pattern.quote("The spool in the database can't be used (java.sql.SQLRecoverableException: The "
					+ "database is down). Pending events are kept in memory only until it can; see that the database "
					+ "can be reached and written to."), -1))
			.hasSize(2);
		assertThat(output).containsOnlyOnce("The spool in the database is used again.");
	}

	@Test
	void whatCouldNotBeDeletedIsDeletedLater() {
		UnreliableDataSource dataSource = unreliable();
		JdbcSpool spool = spool(dataSource);
		List<SpooledEvent> stored = store(spool, 3);
		dataSource.down = true;
		spool.remove(stored.subList(0, 1));
		spool.remove(stored.subList(1, 2));
		assertThat(countRows()).isEqualTo(3);
		dataSource.down = false;
		elapse(RETRY);
		spool.upkeep();
		assertThat(countRows()).isOne();
	}

	@Test
	void eventsThatCannotBeReadAreKept() {
		UnreliableDataSource dataSource = unreliable();
		JdbcSpool spool = spool(dataSource);
		List<SpooledEvent> stored = store(spool, 3);
		dataSource.down = true;
		assertThat(spool.load(stored)).isEqualTo(new LoadedEvents(Map.of(), Set.of()));
		dataSource.down = false;
		elapse(RETRY);
		assertThat(spool.load(stored).events()).hasSize(3);
	}

	@Test
	void eventsOfWhichItIsNotKnownWhetherTheyWereStoredAreStoredOnce() {
		UnreliableDataSource dataSource = unreliable();
		JdbcSpool spool = spool(dataSource);
		store(spool, 1);
		List<UnspooledEvent> events = events(3).toList();
		dataSource.losingAnswers = true;
		assertThat(spool.store(events)).isEmpty();
		assertThat(countRows()).isEqualTo(4);
		dataSource.losingAnswers = false;
		elapse(RETRY);
		assertThat(spool.store(events.subList(0, 1))).hasSize(1);
		assertThat(countRows()).isEqualTo(2);
	}

	@Test
	void eventsOfWhichItIsNotKnownWhetherTheyWereAdoptedAreFound(CapturedOutput output) {
		List<SpooledEvent> left = leave(3);
		UnreliableDataSource dataSource = unreliable();
		JdbcSpool spool = spool(dataSource);
		List<SpooledEvent> own = store(spool, 2);
		dataSource.losingAnswers = true;
		assertThat(spool.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		// The renewal of the lease comes first
		elapse(RETRY);
		dataSource.losingAnswers = false;
		assertThat(spool.upkeep()).isEqualTo(new SpoolUpkeep(left, null));
		assertThat(spool.load(own).events()).hasSize(2);
		assertThat(output).doesNotContain("Other instances");
	}

	@Test
	void databaseThatDoesNotAnswerHoldsUpNobodyForLong(CapturedOutput output) {
		UnreliableDataSource dataSource = unreliable();
		CountDownLatch hanging = new CountDownLatch(1);
		JdbcSpool spool = spoolThatHangs(dataSource, hanging);
		List<UnspooledEvent> events = events(2).toList();
		assertThat(spool.store(events)).isEmpty();
		assertThat(output).contains("can't be used (java.util.concurrent.TimeoutException: no answer within 2 s)");
		// While it hangs, nothing waits for it, nor is another connection asked for
		int opened = dataSource.opened();
		elapse(RETRY);
		assertThat(store(spool, 1)).isEmpty();
		assertThat(spool.upkeep()).isEqualTo(SpoolUpkeep.NONE);
		assertThat(dataSource.opened()).isEqualTo(opened);
		dataSource.hanging = null;
		hanging.countDown();
		Waiting.await().until(() -> !spool.store(events).isEmpty());
		assertThat(countRows()).isEqualTo(4);
		assertThat(dataSource.mostOpen()).isOne();
	}

	@Test
	void endDoesNotWaitForADatabaseThatHangs() {
		LiveThreads threads = LiveThreads.named("llmtrack-spool"::equals);
		UnreliableDataSource dataSource = unreliable();
		CountDownLatch hanging = new CountDownLatch(1);
		JdbcSpool spool = spoolThatHangs(dataSource, hanging);
		store(spool, 1);
		spool.close();
		hanging.countDown();
		threads.awaitEnd();
	}

	@Test
	void missingTablesAreReported(CapturedOutput output) {
		JdbcSpool spool = spool(settings(SchemaInitialization.NEVER, 10, 10_000), schema().dataSource());
		assertThat(store(spool, 1)).isEmpty();
		assertThat(output).contains("The spool in the database can't be used (",
				"see that its tables were created with com/llmtrack/spring/delivery/jdbc/schema-h2.sql from "
						+ "llmtrack-spring-boot-autoconfigure, or set llmtrack.spool.initialize-schema=always.");
		spool(settings(SchemaInitialization.ALWAYS, 10, 10_000), schema().dataSource()).upkeep();
		elapse(RETRY);
		assertThat(store(spool, 1)).hasSize(1);
	}

	@Test
	void onlyEmbeddedDatabasesAreInitializedUnasked(@TempDir Path directory) {
		JdbcSpoolSettings settings = settings(SchemaInitialization.EMBEDDED, 10, 10_000);
		assertThat(store(spool(settings, schema().dataSource()), 1)).hasSize(1);
		DataSource file = new DriverManagerDataSource("jdbc:h2:file:" + directory.resolve("test"), "sa", "");
		assertThat(store(spool(settings, file), 1)).isEmpty();
	}

	@Test
	void tablesThatAreRemovedAreCreatedAgain(CapturedOutput output) {
		JdbcSpool spool = spool();
		store(spool, 1);
		jdbc().execute("DROP TABLE LLMTRACK_EVENT");
		assertThat(store(spool, 1)).isEmpty();
		elapse(RETRY);
		assertThat(store(spool, 1)).hasSize(1);
		assertThat(output).contains("see that its tables were created with",
				"The spool in the database is used again.");
	}

	@Test
	void longOutageLeavesNothingBehindInMemory() {
		UnreliableDataSource dataSource = unreliable();
		JdbcSpool spool = spool(dataSource);
		dataSource.down = true;
		for (int i = 0; i < 100; i++) {
			assertThat(store(spool, 10)).isEmpty();
			elapse(RETRY);
		}
		dataSource.down = false;
		int opened = dataSource.opened();
		assertThat(store(spool, 1)).hasSize(1);
		assertThat(dataSource.opened() - opened).as("No deletion").isLessThan(7);
		assertThat(spool.upkeep()).isEqualTo(SpoolUpkeep.NONE);
	}

	@Test
	void eventThatTheDatabaseRefusesDoesNotKeepOthersOut(CapturedOutput output) {
		JdbcSpool spool = spool();
		store(spool, 1);
		jdbc().execute("ALTER TABLE LLMTRACK_EVENT ALTER COLUMN BODY VARCHAR(500)");
		LlmUsageEvent large = EVENT.toBuilder().metadata(Map.of("secret", "x".repeat(500))).build();
		List<UnspooledEvent> events = Stream.of(events(2), Stream.of(event(RECORDED_AT, large)), events(2))
			.flatMap((some) -> some)
			.toList();
		assertThat(spool.store(events)).hasSize(4);
		assertThat(output)
			.containsOnlyOnce(
					"The database refuses to store an event (SQL state 22001), which is kept in " + "memory only.")
			.doesNotContain("xxx", "can't be used");
	}

	@Test
	void connectionsAreGivenBackAsTheyWere() throws SQLException {
		try (Connection connection = schema().dataSource().getConnection()) {
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			JdbcSpool spool = spool(settings(SchemaInitialization.ALWAYS, 10, 10_000),
					new SingleConnectionDataSource(connection, true));
			assertThat(store(spool, 1)).hasSize(1);
			assertThat(connection.getAutoCommit()).isTrue();
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
		}
	}

}
