// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database with the tables of the spool, which are looked for, and created if that is
 * wanted, with the first use. Blocks on the database; used by the thread of the spool
 * only, which holds one connection for the length of a transaction.
 */
final class SpoolDatabase {

	private static final String DEFAULT_PREFIX = "LLMTRACK_";

	private final JdbcSpoolSettings settings;

	private final DataSource dataSource;

	private final JdbcTemplate jdbc;

	private final SpoolTransactions transactions;

	private final TransactionTemplate transaction;

	private final String instance = UUID.randomUUID().toString();

	private @Nullable SpoolTables tables;

	SpoolDatabase(JdbcSpoolSettings settings, DataSource dataSource) {
		this.settings = settings;
		this.dataSource = dataSource;
		this.jdbc = new JdbcTemplate(dataSource);
		this.transactions = new SpoolTransactions(dataSource);
		this.transaction = new TransactionTemplate(this.transactions);
	}

	/**
	 * Do something with the tables, in a transaction.
	 * @throws MissingTablesException if there are no tables
	 */
	<T extends @Nullable Object> T inTransaction(Function<SpoolTables, T> action) {
		SpoolTables tables = tables();
		try {
			return this.transaction.execute((status) -> action.apply(tables));
		}
		catch (BadSqlGrammarException ex) {
			// Somebody has removed or changed them
			this.tables = null;
			throw new MissingTablesException(tables.schema(), ex);
		}
	}

	private SpoolTables tables() {
		SpoolTables tables = this.tables;
		if (tables == null) {
			Dialect dialect = dialect();
			requireTables(dialect);
			this.transaction.setIsolationLevel(dialect.isolation());
			tables = new SpoolTables(this.jdbc, this.settings.tablePrefix(), dialect, this.settings.lease(),
					this.instance);
			this.tables = tables;
		}
		return tables;
	}

	private Dialect dialect() {
		ConnectionCallback<Dialect> detection = Dialect::of;
		return this.transaction.execute((status) -> this.jdbc.execute(detection));
	}

	private void requireTables(Dialect dialect) {
		BadSqlGrammarException failure = failureOfTables();
		if (failure != null && isToBeInitialized(dialect)) {
			try {
				this.transaction.executeWithoutResult((status) -> createTables(dialect));
			}
			catch (DataAccessException ex) {
				// Another instance may have created them at the same time
				if (failureOfTables() != null) {
					throw ex;
				}
			}
			failure = failureOfTables();
		}
		if (failure != null) {
			throw new MissingTablesException(dialect.schema(), failure);
		}
	}

	private boolean isToBeInitialized(Dialect dialect) {
		return switch (this.settings.initializeSchema()) {
			case ALWAYS -> true;
			case EMBEDDED -> dialect.embedded();
			case NEVER -> false;
		};
	}

	private @Nullable BadSqlGrammarException failureOfTables() {
		try {
			this.transaction.executeWithoutResult((status) -> {
				this.jdbc.execute("SELECT 1 FROM " + this.settings.tablePrefix() + "EVENT WHERE 1 = 0");
				this.jdbc.execute("SELECT 1 FROM " + this.settings.tablePrefix() + "INSTANCE WHERE 1 = 0");
			});
			return null;
		}
		catch (BadSqlGrammarException ex) {
			return ex;
		}
	}

	private void createTables(Dialect dialect) {
		ClassPathResource script = new ClassPathResource(dialect.schema(), SpoolDatabase.class);
		try {
			String statements = script.getContentAsString(StandardCharsets.UTF_8)
				.replace(DEFAULT_PREFIX, this.settings.tablePrefix());
			ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
					new ByteArrayResource(statements.getBytes(StandardCharsets.UTF_8)));
			populator.execute(this.dataSource);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
