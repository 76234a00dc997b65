// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.json.Json;
import com.llmtrack.spring.testsupport.TestSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Base for tests of {@link JdbcSpool}, each with tables of its own.
 */
abstract class AbstractJdbcSpoolTests {

	static final Duration LEASE = Duration.ofMinutes(2);

	static final EventCodec CODEC = JsonEventCodec.forSpool(Json.get(), true);

	static final Instant RECORDED_AT = Instant.ofEpochMilli(1790000000123L);

	static final LlmUsageEvent EVENT = LlmUsageEvent.builder().provider("openai").model("gpt-4o-mini").build();

	/** How long to wait for the database, also if the machine is busy. */
	Duration patience = Duration.ofMinutes(1);

	/** The clock of all instances, which is not the database's. */
	final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final List<AutoCloseable> resources = new ArrayList<>();

	private @Nullable TestSchema schema;

	abstract TestSchema createSchema();

	@AfterEach
	void closeResources() throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
		if (this.schema != null) {
			this.schema.close();
		}
	}

	TestSchema schema() {
		if (this.schema == null) {
			this.schema = createSchema();
		}
		return this.schema;
	}

	JdbcTemplate jdbc() {
		return schema().jdbc();
	}

	JdbcSpool spool() {
		return spool(1_000, 1_000_000);
	}

	JdbcSpool spool(int maxEvents, long maxBytes) {
		return spool(settings(SchemaInitialization.ALWAYS, maxEvents, maxBytes), schema().dataSource());
	}

	JdbcSpool spool(JdbcSpoolSettings settings, DataSource dataSource) {
		JdbcSpool spool = new JdbcSpool(settings, () -> dataSource, CODEC, this.patience, this.now::get);
		this.resources.add(spool);
		spool.open();
		return spool;
	}

	static JdbcSpoolSettings settings(SchemaInitialization initialization, int maxEvents, long maxBytes) {
		return new JdbcSpoolSettings("LLMTRACK_", initialization, LEASE, maxEvents, maxBytes);
	}

	static List<SpooledEvent> store(JdbcSpool spool, int events) {
		return spool.store(events(events).toList());
	}

	static Stream<UnspooledEvent> events(int events) {
		return IntStream.range(0, events).mapToObj((i) -> event(RECORDED_AT.plusMillis(i), EVENT));
	}

	static UnspooledEvent event(Instant recordedAt, LlmUsageEvent event) {
		return new UnspooledEvent(UUID.randomUUID().toString(), recordedAt, event);
	}

	static List<SpooledEvent> adopt(JdbcSpool spool) {
		return spool.upkeep().adopted();
	}

	/**
	 * Store events and leave them behind like an instance that ends.
	 */
	List<SpooledEvent> leave(int events) {
		JdbcSpool spool = spool();
		List<SpooledEvent> stored = store(spool, events);
		spool.close();
		return stored;
	}

	/**
	 * Let the leases expire that instances hold now, as if that much time had passed for
	 * the database.
	 */
	void expireLeases() {
		jdbc().update("UPDATE LLMTRACK_INSTANCE SET LEASE_EXPIRES_AT = TIMESTAMP '2026-01-01 00:00:00' "
				+ "WHERE LEASE_EXPIRES_AT IS NOT NULL");
	}

	void elapse(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	int countRows() {
		return count("SELECT COUNT(*) FROM LLMTRACK_EVENT");
	}

	int countInstances() {
		return count("SELECT COUNT(*) FROM LLMTRACK_INSTANCE");
	}

	private int count(String sql) {
		Integer count = jdbc().queryForObject(sql, Integer.class);
		return (count != null) ? count : 0;
	}

}
