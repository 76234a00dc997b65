// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import com.llmtrack.spring.delivery.EncodedEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.LoadedEvents;
import com.llmtrack.spring.delivery.SpoolLog;
import com.llmtrack.spring.delivery.SpoolState;
import com.llmtrack.spring.delivery.SpoolUpkeep;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import com.llmtrack.spring.delivery.jdbc.SpoolTables.StoredBody;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Stores, reads and deletes the event rows of this instance, as far as the database can
 * be used. Rows that may have been inserted by an attempt that failed are deleted before
 * they are inserted again. Used by one thread at a time, unless a method says otherwise.
 */
final class EventRows {

	private final JdbcSpoolSettings settings;

	private final Duration renewalInterval;

	private final Duration retryInterval;

	private final EventCodec codec;

	private final SpoolLog log;

	private final DatabaseLog databaseLog;

	private final SpoolState state;

	private final DatabaseAccess access;

	private final OwnedRows owned;

	private final Ownership ownership;

	EventRows(JdbcSpoolSettings settings, EventCodec codec, Duration patience, LongSupplier clock) {
		this.settings = settings;
		this.renewalInterval = settings.renewalInterval();
		this.retryInterval = settings.retryInterval();
		this.codec = codec;
		this.access = new DatabaseAccess(patience);
		this.log = new SpoolLog("The spool in the database", DatabaseLog::remedy, clock);
		this.databaseLog = new DatabaseLog(clock);
		this.state = new SpoolState(settings.maxEvents(), settings.maxBytes(), this.retryInterval, this.log, clock);
		this.owned = new OwnedRows(this.state);
		this.ownership = new Ownership(this.access, this.owned, this.state, this.log, settings.lease(), clock);
	}

	/**
	 * Use a database from now on. Called by any thread.
	 */
	void open(DataSource dataSource) {
		this.access.open(new SpoolDatabase(this.settings, dataSource));
	}

	/**
	 * Return the time from one upkeep to the next: less than usual while the database
	 * can't be used, as events in memory are stored with the upkeep, and none if there is
	 * more to adopt.
	 */
	Duration upkeepInterval() {
		if (this.state.isFailed()) {
			return this.retryInterval;
		}
		return this.ownership.hasMoreToAdopt() ? Duration.ZERO : this.renewalInterval;
	}

	SpoolUpkeep upkeep() {
		List<SpooledEvent> adopted = new ArrayList<>();
		AtomicInteger ceded = new AtomicInteger();
		use(() -> {
			this.ownership.renewLease();
			this.ownership.prepare();
			ceded.set(this.ownership.resolveDoubt(adopted));
			this.ownership.adopt(adopted);
		});
		this.log.adopted(adopted.size());
		adopted.sort(Comparator.comparing(SpooledEvent::recordedAt));
		return new SpoolUpkeep(adopted, (ceded.get() > 0) ? this.owned.keys() : null);
	}

	List<SpooledEvent> store(List<UnspooledEvent> events) {
		List<EncodedEvent> rows = isUsable() ? rows(events) : List.of();
		if (rows.isEmpty()) {
			return List.of();
		}
		List<EncodedEvent> stored = new ArrayList<>();
		try {
			use(() -> {
				this.ownership.prepare();
				stored.addAll(insert(rows));
			});
		}
		finally {
			rows.forEach((row) -> this.state.removed(row.event()));
			stored.forEach((row) -> this.owned.add(row.event()));
		}
		return stored.stream().map(EncodedEvent::event).toList();
	}

	/**
	 * Return the rows of events, as far as there is room, which they take.
	 */
	private List<EncodedEvent> rows(List<UnspooledEvent> events) {
		List<EncodedEvent> rows = new ArrayList<>();
		for (UnspooledEvent event : events) {
			EncodedEvent row = EncodedEvent.of(event, this.codec);
			if (row != null && this.state.hasRoom(row.event().size())) {
				this.state.added(row.event());
				rows.add(row);
			}
		}
		return rows;
	}

	/**
	 * Insert rows.
	 * @return those that are in the database now
	 */
	private List<EncodedEvent> insert(List<EncodedEvent> rows) throws Exception {
		try {
			return insertAll(rows);
		}
		catch (Exception ex) {
			// They may be there all the same, sooner or later
			this.owned.discard(rows.stream().map((row) -> row.event().idempotencyKey()).toList());
			this.owned.doubt();
			throw ex;
		}
	}

	private List<EncodedEvent> insertAll(List<EncodedEvent> rows) throws Exception {
		try {
			this.access.run((tables) -> tables.insert(rows));
			return rows;
		}
		catch (DataIntegrityViolationException ex) {
			// The lease was taken over, or one of the rows is at fault
			this.ownership.renewLease();
			return insertEach(rows);
		}
	}

	private List<EncodedEvent> insertEach(List<EncodedEvent> rows) throws Exception {
		List<EncodedEvent> inserted = new ArrayList<>();
		for (EncodedEvent row : rows) {
			try {
				this.access.run((tables) -> tables.insert(List.of(row)));
				inserted.add(row);
			}
			catch (DuplicateKeyException ex) {
				// By an attempt that seemed to have failed; others may have adopted it
				// since
				inserted.add(row);
				this.owned.doubt();
			}
			catch (DataIntegrityViolationException ex) {
				this.databaseLog.notStored(ex);
			}
		}
		return inserted;
	}

	LoadedEvents load(List<SpooledEvent> events) {
		LoadedEvents loaded = new LoadedEvents(new HashMap<>(), new HashSet<>());
		use(() -> {
			this.ownership.prepare();
			List<String> keys = keys(events);
			Map<String, StoredBody> bodies = new HashMap<>();
			this.access.call((tables) -> tables.bodies(keys)).forEach((body) -> bodies.put(body.key(), body));
			if (bodies.size() < keys.size()) {
				// Others may have adopted, delivered and deleted the rest
				this.ownership.renewLease();
			}
			keys.forEach((key) -> read(key, bodies.get(key), loaded));
		});
		return loaded;
	}

	private void read(String key, @Nullable StoredBody body, LoadedEvents loaded) {
		if (body == null) {
			if (!this.owned.isInDoubt()) {
				this.databaseLog.unreadable(key, "gone");
				loaded.lost().add(key);
			}
		}
		else if (!body.own()) {
			this.owned.doubt();
		}
		else {
			try {
				loaded.events().put(key, this.codec.decode(body.text().getBytes(StandardCharsets.UTF_8)));
			}
			catch (IllegalArgumentException ex) {
				this.databaseLog.unreadable(key, "damaged");
				loaded.lost().add(key);
			}
		}
	}

	void remove(List<SpooledEvent> events) {
		this.owned.discard(keys(events));
		use(this.ownership::prepare);
	}

	/**
	 * Release the lease, and leave the rows to others.
	 */
	void close() {
		try {
			this.ownership.release();
		}
		catch (Exception ex) {
			this.databaseLog.notReleased(ex);
		}
		this.access.end();
	}

	private boolean isUsable() {
		return this.access.isPossible() && this.state.isUsable();
	}

	/**
	 * Use the database, if that is possible at present.
	 */
	private void use(DatabaseUse action) {
		if (isUsable()) {
			try {
				action.run();
				this.state.succeeded();
			}
			catch (Exception ex) {
				this.state.failed(ex);
			}
		}
	}

	private static List<String> keys(List<SpooledEvent> events) {
		return events.stream().map(SpooledEvent::idempotencyKey).toList();
	}

	/**
	 * Something to do with the database.
	 */
	private interface DatabaseUse {

		void run() throws Exception;

	}

}
