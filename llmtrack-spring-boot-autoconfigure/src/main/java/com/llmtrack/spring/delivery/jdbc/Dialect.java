// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.transaction.TransactionDefinition;

/**
 * What differs between databases.
 *
 * @param schema the script that creates the tables
 * @param now the time of the database, in the type of the leases
 * @param interval an interval, with a place for its seconds
 * @param skipsLocked whether a query can skip rows that others have locked
 * @param isolation the isolation of transactions
 * @param embedded whether the database lives in the memory of the application
 */
record Dialect(String schema, String now, String interval, boolean skipsLocked, int isolation, boolean embedded) {

	static Dialect of(Connection connection) throws SQLException {
		DatabaseMetaData database = connection.getMetaData();
		return switch (database.getDatabaseProductName()) {
			case "PostgreSQL" ->
				standard("schema-postgresql.sql", "INTERVAL '%d' SECOND", isAtLeast(database, 9, 5), database);
			case "H2" -> standard("schema-h2.sql", "INTERVAL '%d' SECOND", isAtLeast(database, 2, 2), database);
			case "MySQL" -> mysql(isAtLeast(database, 8, 0));
			case "MariaDB" -> mysql(isAtLeast(database, 10, 6));
			default -> standard("schema-standard.sql", "INTERVAL '%d' SECOND(4)", false, database);
		};
	}

	private static Dialect standard(String schema, String interval, boolean skipsLocked, DatabaseMetaData database)
			throws SQLException {
		String url = String.valueOf(database.getURL()).toLowerCase(Locale.ROOT);
		boolean embedded = Stream.of("jdbc:h2:mem:", "jdbc:hsqldb:mem:").anyMatch(url::startsWith);
		return new Dialect(schema, "CURRENT_TIMESTAMP", interval, skipsLocked, TransactionDefinition.ISOLATION_DEFAULT,
				embedded);
	}

	private static Dialect mysql(boolean skipsLocked) {
		// Its default would lock gaps between rows, too
		return new Dialect("schema-mysql.sql", "UTC_TIMESTAMP(3)", "INTERVAL %d SECOND", skipsLocked,
				TransactionDefinition.ISOLATION_READ_COMMITTED, false);
	}

	private static boolean isAtLeast(DatabaseMetaData database, int major, int minor) throws SQLException {
		int actual = database.getDatabaseMajorVersion();
		return actual > major || (actual == major && database.getDatabaseMinorVersion() >= minor);
	}

	/**
	 * Return the time of the database after a duration.
	 */
	String nowPlus(Duration duration) {
		return this.now + " + " + String.format(Locale.ROOT, this.interval, duration.toSeconds());
	}

	/**
	 * Return the end of a query that locks its rows, and skips those that others have
	 * locked. Without that, the same rows can be found by others as well.
	 */
	String skippingLocked() {
		return this.skipsLocked ? " FOR UPDATE SKIP LOCKED" : "";
	}

}
