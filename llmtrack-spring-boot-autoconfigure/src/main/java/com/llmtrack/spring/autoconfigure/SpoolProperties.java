// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.File;
import java.time.Duration;
import java.util.regex.Pattern;

import com.llmtrack.spring.delivery.jdbc.JdbcSpoolSettings;
import com.llmtrack.spring.delivery.jdbc.SchemaInitialization;
import com.llmtrack.spring.delivery.spool.SpoolSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Pending events on disk or in a database.
 *
 * @param directory Directory that keeps pending events, so that they survive a restart.
 * Any number of applications may share it. If neither it nor llmtrack.spool.jdbc is set,
 * they are kept in memory only.
 * @param jdbc Database that keeps pending events instead of a directory: true for the
 * only or primary DataSource of the application, or the name of a DataSource bean. Any
 * number of instances may share it. Requires spring-jdbc.
 * @param initializeSchema When to create the spool's tables: in an embedded database
 * only, always or never.
 * @param tablePrefix Prefix of the names of the spool's tables. Applications that share a
 * schema but no LLMtrack key need different ones.
 * @param lease Lease on the events of an instance in the database, renewed every third of
 * it. When it expires, other instances take the events over.
 * @param maxEvents Maximum number of events that one instance keeps in the directory or
 * in the database. Further ones are kept in memory only.
 * @param maxSize Maximum size of the events that one instance keeps in the directory or
 * in the database. Further ones are kept in memory only.
 */
record SpoolProperties(@Nullable File directory, @Nullable String jdbc,
		@DefaultValue("embedded") SchemaInitialization initializeSchema, @DefaultValue("LLMTRACK_") String tablePrefix,
		@DefaultValue("2m") Duration lease, @DefaultValue("50000") int maxEvents,
		@DefaultValue("50MB") DataSize maxSize) {

	/** Names may have 30 characters in some databases, without quotes in all. */
	private static final Pattern TABLE_PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,19}");

	/**
	 * Take an empty name for none, so that it may come from a variable that is not set
	 * everywhere.
	 */
	@ConstructorBinding
	SpoolProperties {
		directory = (directory != null && StringUtils.hasText(directory.getPath())) ? directory : null;
		jdbc = (jdbc != null && StringUtils.hasText(jdbc) && !jdbc.strip().equalsIgnoreCase("false")) ? jdbc.strip()
				: null;
	}

	SpoolProperties() {
		this(null, null, SchemaInitialization.EMBEDDED, "LLMTRACK_", Duration.ofMinutes(2), 50_000,
				DataSize.ofMegabytes(50));
	}

	/**
	 * Return the settings of the directory, or {@code null} if there is none.
	 */
	@Nullable SpoolSettings directorySettings() {
		return (this.directory != null)
				? new SpoolSettings(this.directory.toPath(), this.maxEvents, this.maxSize.toBytes()) : null;
	}

	/**
	 * Return the settings of the database, or {@code null} if there is none.
	 */
	@Nullable JdbcSpoolSettings jdbcSettings() {
		return (this.jdbc != null) ? new JdbcSpoolSettings(this.tablePrefix, this.initializeSchema, this.lease,
				this.maxEvents, this.maxSize.toBytes()) : null;
	}

	/**
	 * Return the name of the bean to use, or {@code null} for the only or primary one.
	 */
	@Nullable String dataSourceName() {
		return "true".equalsIgnoreCase(this.jdbc) ? null : this.jdbc;
	}

	/**
	 * Return the number of events that it takes at most, 0 if there is no spool.
	 * @param classLoader knows the classes of the application
	 */
	int capacity(@Nullable ClassLoader classLoader) {
		return (description(classLoader) != null) ? this.maxEvents : 0;
	}

	/**
	 * Return where events are kept, or {@code null} if in memory only.
	 * @param classLoader knows the classes of the application
	 */
	@Nullable String description(@Nullable ClassLoader classLoader) {
		if (this.directory != null) {
			return "directory " + this.directory;
		}
		if (this.jdbc == null || !RequiredLibraries.hasJdbc(classLoader)) {
			return null;
		}
		String name = dataSourceName();
		return (name != null) ? "database of '" + name + "'" : "database";
	}

	void check() {
		PropertyChecks.check(this.jdbc == null || this.directory == null, "spool.jdbc", this.jdbc,
				"Must not be set together with llmtrack.spool.directory: pending events are kept in one of them.");
		PropertyChecks.check(TABLE_PREFIX.matcher(this.tablePrefix).matches(), "spool.table-prefix", this.tablePrefix,
				"Must have between 1 and 20 letters, digits and underscores, and not begin with a digit.");
		PropertyChecks.check(
				this.lease.compareTo(Duration.ofSeconds(15)) >= 0 && this.lease.compareTo(Duration.ofHours(1)) <= 0,
				"spool.lease", this.lease, "Must be between 15s and 1h.");
		PropertyChecks.checkRange("spool.max-events", this.maxEvents, 1_000_000);
		PropertyChecks.check(this.maxSize.toKilobytes() >= 10, "spool.max-size", this.maxSize,
				"Must be at least 10KB.");
	}

}
