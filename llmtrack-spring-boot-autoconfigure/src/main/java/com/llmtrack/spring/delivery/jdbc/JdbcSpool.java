// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.EventSpool;
import com.llmtrack.spring.delivery.LoadedEvents;
import com.llmtrack.spring.delivery.SpoolTurn;
import com.llmtrack.spring.delivery.SpoolUpkeep;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stores each pending event in a row of a table, with the body of its request. No row
 * contains the key for LLMtrack.
 * <p>
 * <b>Threads:</b> one daemon thread uses the database, one connection at a time and in
 * transactions of its own. The delivery thread waits for it for three seconds at most, as
 * does the one that closes the spool. <b>Loss:</b> stored events survive the process, and
 * the machine that it runs on. An event that comes after the spool was closed is not
 * stored. <b>Instances:</b> any number may share the tables; each owns what it wrote for
 * as long as it renews its lease, by the database's clock, and adopts what others left.
 * <b>Failures:</b> while the database can't be used or does not answer, nothing is
 * stored, and it is tried again now and then. If it is not known whether rows were
 * stored, events can be sent twice, with the same idempotency key.
 */
public final class JdbcSpool implements EventSpool {

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final Supplier<@Nullable DataSource> dataSource;

	private final EventRows rows;

	private final SpoolTurn turn;

	/**
	 * Create a spool. Nothing is read or written before its first use.
	 * @param settings how events are kept, and how many
	 * @param dataSource the database, or {@code null} if there is none; asked when the
	 * spool is opened
	 * @param codec writes and reads events
	 */
	public JdbcSpool(JdbcSpoolSettings settings, Supplier<@Nullable DataSource> dataSource, EventCodec codec) {
		this(settings, dataSource, codec, PATIENCE, System::nanoTime);
	}

	JdbcSpool(JdbcSpoolSettings settings, Supplier<@Nullable DataSource> dataSource, EventCodec codec,
			Duration patience, LongSupplier clock) {
		this.dataSource = dataSource;
		this.rows = new EventRows(settings, codec, patience, clock);
		this.turn = new SpoolTurn(this.rows::close);
	}

	@Override
	public void open() {
		DataSource dataSource = this.dataSource.get();
		if (dataSource != null) {
			this.rows.open(dataSource);
		}
	}

	/**
	 * Return a third of the lease; while the database can't be used, the time until it is
	 * tried again, as events in memory are stored with the upkeep.
	 */
	@Override
	public Duration upkeepInterval() {
		return this.rows.upkeepInterval();
	}

	@Override
	public SpoolUpkeep upkeep() {
		return this.turn.use(this.rows::upkeep, () -> SpoolUpkeep.NONE);
	}

	@Override
	public List<SpooledEvent> store(List<UnspooledEvent> events) {
		// The application closes its database next, and must not open it again
		return this.turn.use(() -> this.rows.store(events), List::of);
	}

	@Override
	public LoadedEvents load(List<SpooledEvent> events) {
		return this.turn.use(() -> this.rows.load(events), () -> new LoadedEvents(Map.of(), Set.of()));
	}

	@Override
	public void remove(List<SpooledEvent> events) {
		// Once closed, the rows may belong to another instance
		this.turn.use(() -> {
			this.rows.remove(events);
			return null;
		}, () -> null);
	}

	/**
	 * Leave the stored events to the next start, or to another instance.
	 */
	@Override
	public void close() {
		this.turn.close();
	}

}
