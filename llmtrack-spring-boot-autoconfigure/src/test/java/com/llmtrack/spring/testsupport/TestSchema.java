// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A schema for one test, in a {@link TestDatabase}. Dropped when it is closed, with all
 * its connections.
 */
public final class TestSchema implements AutoCloseable {

	private final String url;

	private final String user;

	private final String password;

	private final Runnable drop;

	TestSchema(String url, String user, String password, Runnable drop) {
		this.url = url;
		this.user = user;
		this.password = password;
		this.drop = drop;
	}

	static TestSchema inMemory(String url, String shutdown) {
		TestSchema schema = existing(url, "sa", "");
		return new TestSchema(url, "sa", "", () -> schema.execute(shutdown));
	}

	/**
	 * Create a database on a server.
	 * @param url the URL of any database on the server, which ends with its name
	 * @param user the user
	 * @param password the user's password
	 * @param name the name of the database
	 * @param drop how to drop it, with a placeholder for the name
	 */
	static TestSchema newDatabase(String url, String user, String password, String name, String drop) {
		TestSchema server = existing(url, user, password);
		server.execute("CREATE DATABASE " + name);
		return new TestSchema(url.substring(0, url.lastIndexOf('/') + 1) + name, user, password,
				() -> server.execute(drop.formatted(name)));
	}

	/**
	 * Create a schema in a database of PostgreSQL, which takes milliseconds where a
	 * database takes seconds. The connections are known by their name.
	 * @param url the URL of the database
	 * @param user the user
	 * @param password the user's password
	 * @param name the name of the schema
	 */
	public static TestSchema inPostgreSql(String url, String user, String password, String name) {
		TestSchema server = existing(url, user, password);
		server.execute("CREATE SCHEMA " + name);
		return new TestSchema(url + "?currentSchema=" + name + "&ApplicationName=" + name, user, password, () -> {
			server.jdbc()
				.queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?",
						name);
			server.execute("DROP SCHEMA " + name + " CASCADE");
		});
	}

	private static TestSchema existing(String url, String user, String password) {
		return new TestSchema(url, user, password, () -> {
		});
	}

	/**
	 * Return the same schema under another address.
	 */
	public TestSchema withUrl(UnaryOperator<String> url) {
		return new TestSchema(url.apply(this.url), this.user, this.password, this.drop);
	}

	public String url() {
		return this.url;
	}

	public String user() {
		return this.user;
	}

	public String password() {
		return this.password;
	}

	/**
	 * Return a source of new connections, without a pool.
	 */
	public DataSource dataSource() {
		return new DriverManagerDataSource(this.url, this.user, this.password);
	}

	public JdbcTemplate jdbc() {
		return new JdbcTemplate(dataSource());
	}

	public void execute(String sql) {
		jdbc().execute(sql);
	}

	@Override
	public void close() {
		this.drop.run();
	}

}
