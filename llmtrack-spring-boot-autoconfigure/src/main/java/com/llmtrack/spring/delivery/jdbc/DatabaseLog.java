// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.sql.SQLException;
import java.util.function.LongSupplier;

import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * The log lines that only a spool in a database has, no kind of line more than once a
 * minute. Used by one thread at a time.
 */
final class DatabaseLog {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring.delivery");

	private final LogOnce oncePerMinute;

	DatabaseLog(LongSupplier clock) {
		this.oncePerMinute = LogOnce.perMinute(clock);
	}

	/**
	 * Say what to see to while the database can't be used, as a clause.
	 */
	static String remedy(Exception failure) {
		return (failure instanceof MissingTablesException missing)
				? "its tables were created with com/llmtrack/spring/delivery/jdbc/" + missing.schema()
						+ " from llmtrack-spring-boot-autoconfigure, or set llmtrack.spool.initialize-schema=always"
				: "the database can be reached and written to";
	}

	void notStored(Exception failure) {
		if (this.oncePerMinute.isDue("notStored")) {
			// Its message may contain the event
			String code = (NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause)
					? "SQL state " + cause.getSQLState() : failure.getClass().getSimpleName();
			logger.warn("The database refuses to store an event (" + code
					+ "), which is kept in memory only. See that the tables of the spool are as their script creates "
					+ "them.");
		}
	}

	void unreadable(String key, String problem) {
		if (this.oncePerMinute.isDue("unreadable")) {
			logger.warn("The event " + key + " in the database is " + problem + "; it is lost.");
		}
	}

	void notReleased(Exception failure) {
		logger.info("Other instances take over the events in the database later, when the lease of this one has "
				+ "expired, as it can't be released (" + NestedExceptionUtils.getMostSpecificCause(failure) + ").");
	}

}
