// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.EventSpool;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.delivery.jdbc.JdbcSpool;
import com.llmtrack.spring.delivery.jdbc.JdbcSpoolSettings;
import com.llmtrack.spring.delivery.spool.FileSpool;
import com.llmtrack.spring.delivery.spool.SpoolSettings;
import com.llmtrack.spring.json.Json;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Creates the spool that {@link SpoolProperties} describe: in a directory, or in a
 * database if there is spring-jdbc, without which none of its classes is linked.
 */
final class Spools {

	private static final Log logger = LogFactory.getLog(Spools.class);

	private Spools() {
	}

	/**
	 * Return the spool, or {@code null} if events are kept in memory only.
	 * @param properties where events are kept
	 * @param beanFactory has the application's DataSource, which is not created yet
	 */
	static @Nullable EventSpool create(LlmTrackProperties properties, ConfigurableListableBeanFactory beanFactory) {
		SpoolProperties spool = properties.spool();
		SpoolSettings directory = spool.directorySettings();
		if (directory != null) {
			return new FileSpool(directory, codec(properties));
		}
		JdbcSpoolSettings database = spool.jdbcSettings();
		if (database == null) {
			return null;
		}
		if (!RequiredLibraries.hasJdbc(beanFactory.getBeanClassLoader())) {
			warnOfMissingDatabase("spring-jdbc is missing from the class path",
					"Add org.springframework:spring-jdbc, which is part of spring-boot-starter-jdbc.");
			return null;
		}
		return Database.spool(database, new SpoolDataSource(beanFactory, spool.dataSourceName()), codec(properties));
	}

	private static EventCodec codec(LlmTrackProperties properties) {
		return JsonEventCodec.forSpool(Json.get(), properties.event().extendedFields());
	}

	/**
	 * Say that there is no database to keep events in.
	 * @param reason why, as a clause without a full stop
	 * @param remedy what to do, in whole sentences
	 */
	static void warnOfMissingDatabase(String reason, String remedy) {
		logger.warn("The spool in the database can't be used, because " + reason
				+ ". Pending events are kept in memory only. " + remedy);
	}

	/**
	 * A class of its own, as the JVM may load classes that a method names when it
	 * verifies the class.
	 */
	private static final class Database {

		static EventSpool spool(JdbcSpoolSettings settings, SpoolDataSource dataSource, EventCodec codec) {
			return new JdbcSpool(settings, dataSource, codec);
		}

	}

}
