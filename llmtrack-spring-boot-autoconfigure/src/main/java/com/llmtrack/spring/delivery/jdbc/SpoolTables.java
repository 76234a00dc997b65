// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.EncodedEvent;
import com.llmtrack.spring.delivery.SpooledEvent;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The tables of the spool as one instance sees them: the instances with their leases, and
 * the events, each of which belongs to an instance. Leases are set and compared by the
 * database's clock only. Every method is called within a transaction.
 */
final class SpoolTables {

	/** As many as every database and driver takes in one statement. */
	private static final int MAX_KEYS = 500;

	private static final RowMapper<SpooledEvent> EVENT = (row, number) -> new SpooledEvent(row.getString(1),
			Instant.ofEpochMilli(row.getLong(2)), row.getLong(3));

	private final JdbcTemplate jdbc;

	private final String prefix;

	private final Dialect dialect;

	private final String leaseEnd;

	private final String instance;

	/**
	 * Take part as an instance.
	 */
	SpoolTables(JdbcTemplate jdbc, String prefix, Dialect dialect, Duration lease, String instance) {
		this.jdbc = jdbc;
		this.prefix = prefix;
		this.dialect = dialect;
		this.leaseEnd = dialect.nowPlus(lease);
		this.instance = instance;
	}

	/**
	 * Return the script that creates the tables.
	 */
	String schema() {
		return this.dialect.schema();
	}

	/**
	 * Renew the lease, or take it anew if it has expired.
	 * @return whether it was held until now; if not, other instances may have taken over
	 * events
	 */
	boolean renewLease() {
		String renewal = "UPDATE {}INSTANCE SET LEASE_EXPIRES_AT = " + this.leaseEnd + " WHERE INSTANCE_ID = ?";
		if (update(renewal + " AND LEASE_EXPIRES_AT > " + this.dialect.now(), this.instance) > 0) {
			return true;
		}
		if (update(renewal, this.instance) == 0) {
			update("INSERT INTO {}INSTANCE (INSTANCE_ID, LEASE_EXPIRES_AT) VALUES (?, " + this.leaseEnd + ")",
					this.instance);
		}
		return false;
	}

	/**
	 * Release the lease, so that other instances take over the events that are left.
	 */
	void releaseLease() {
		if (!deleteIfWithoutEvents(this.instance)) {
			update("UPDATE {}INSTANCE SET LEASE_EXPIRES_AT = NULL WHERE INSTANCE_ID = ?", this.instance);
		}
	}

	private boolean deleteIfWithoutEvents(String instance) {
		return update("DELETE FROM {}INSTANCE WHERE INSTANCE_ID = ? "
				+ "AND NOT EXISTS (SELECT 1 FROM {}EVENT WHERE INSTANCE_ID = ?)", instance, instance) > 0;
	}

	/**
	 * Insert events in one statement.
	 */
	void insert(List<EncodedEvent> rows) {
		List<Object> values = new ArrayList<>();
		for (EncodedEvent row : rows) {
			SpooledEvent event = row.event();
			Collections.addAll(values, event.idempotencyKey(), this.instance, event.recordedAt().toEpochMilli(),
					event.size(), new String(row.body(), StandardCharsets.UTF_8));
		}
		update("INSERT INTO {}EVENT (EVENT_ID, INSTANCE_ID, RECORDED_AT, BODY_SIZE, BODY) VALUES "
				+ repeat("(?, ?, ?, ?, ?)", rows.size()), values.toArray());
	}

	/**
	 * Delete events, as far as they belong to this instance.
	 */
	void delete(Collection<String> keys) {
		List<String> all = List.copyOf(keys);
		for (int i = 0; i < all.size(); i += MAX_KEYS) {
			List<String> some = all.subList(i, Math.min(all.size(), i + MAX_KEYS));
			update("DELETE FROM {}EVENT WHERE INSTANCE_ID = ? AND EVENT_ID IN (" + repeat("?", some.size()) + ")",
					parameters(some, this.instance));
		}
	}

	/**
	 * Return the bodies of events, whichever instance they belong to.
	 */
	List<StoredBody> bodies(List<String> keys) {
		return this.jdbc.query(
				sql("SELECT EVENT_ID, INSTANCE_ID, BODY FROM {}EVENT WHERE EVENT_ID IN (" + repeat("?", keys.size())
						+ ")"),
				(row, number) -> new StoredBody(row.getString(1), row.getString(2).equals(this.instance),
						row.getString(3)),
				keys.toArray());
	}

	/**
	 * Return the events of this instance.
	 */
	List<SpooledEvent> events() {
		return events(this.instance, 0);
	}

	private List<SpooledEvent> events(String instance, int max) {
		String sql = sql(
				"SELECT EVENT_ID, RECORDED_AT, BODY_SIZE FROM {}EVENT WHERE INSTANCE_ID = ? ORDER BY RECORDED_AT");
		return this.jdbc.query((connection) -> {
			PreparedStatement statement = connection.prepareStatement(sql);
			statement.setMaxRows(max);
			statement.setString(1, instance);
			return statement;
		}, EVENT);
	}

	/**
	 * Take over events of instances whose lease was released.
	 * @param alsoExpired whether to take over those of instances whose lease has expired,
	 * too
	 * @param max how many events at most
	 * @param maxBytes how much space they take at most
	 * @return the events, which belong to this instance now
	 * @throws OptimisticLockingFailureException if the owner lives and has deleted some
	 */
	List<SpooledEvent> adopt(boolean alsoExpired, int max, long maxBytes) {
		String left = "(LEASE_EXPIRES_AT IS NULL"
				+ (alsoExpired ? " OR LEASE_EXPIRES_AT < " + this.dialect.now() + ")" : ")");
		List<String> instances = this.jdbc
			.queryForList(sql("SELECT INSTANCE_ID FROM {}INSTANCE WHERE INSTANCE_ID <> ? AND " + left
					+ this.dialect.skippingLocked()), String.class, this.instance);
		List<SpooledEvent> adopted = new ArrayList<>();
		long room = maxBytes;
		for (String other : instances) {
			if (adopted.size() == max) {
				break;
			}
			// Until the end of the transaction, its lease can be neither renewed nor
			// claimed
			// by others
			if (update("UPDATE {}INSTANCE SET LEASE_EXPIRES_AT = NULL WHERE INSTANCE_ID = ? AND " + left, other) > 0) {
				List<SpooledEvent> events = new ArrayList<>();
				for (SpooledEvent event : events(other, max - adopted.size())) {
					if (event.size() > room) {
						break;
					}
					room -= event.size();
					events.add(event);
				}
				takeOver(other, events);
				adopted.addAll(events);
				if (!deleteIfWithoutEvents(other)) {
					// There is no room for the rest
					break;
				}
			}
		}
		return adopted;
	}

	private void takeOver(String other, List<SpooledEvent> events) {
		List<String> keys = events.stream().map(SpooledEvent::idempotencyKey).toList();
		for (int i = 0; i < keys.size(); i += MAX_KEYS) {
			List<String> some = keys.subList(i, Math.min(keys.size(), i + MAX_KEYS));
			int moved = update("UPDATE {}EVENT SET INSTANCE_ID = ? WHERE INSTANCE_ID = ? AND EVENT_ID IN ("
					+ repeat("?", some.size()) + ")", parameters(some, this.instance, other));
			if (moved != some.size()) {
				throw new OptimisticLockingFailureException("Deleted by the owner");
			}
		}
	}

	private int update(String sql, Object... parameters) {
		return this.jdbc.update(sql(sql), parameters);
	}

	/**
	 * Return a statement with the names of the tables.
	 */
	private String sql(String statement) {
		return statement.replace("{}", this.prefix);
	}

	private static String repeat(String part, int times) {
		return String.join(", ", Collections.nCopies(times, part));
	}

	private static Object[] parameters(List<String> keys, String... before) {
		return Stream.concat(Stream.of(before), keys.stream()).toArray();
	}

	/**
	 * The body of an event.
	 *
	 * @param key the idempotency key of the event
	 * @param own whether the event belongs to this instance
	 * @param text the body
	 */
	record StoredBody(String key, boolean own, String text) {
	}

}
