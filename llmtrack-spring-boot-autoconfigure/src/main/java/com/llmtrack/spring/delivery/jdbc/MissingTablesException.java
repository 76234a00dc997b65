// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import org.springframework.jdbc.BadSqlGrammarException;

/**
 * Thrown if the tables of the spool are missing, or others than expected.
 */
final class MissingTablesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String schema;

	/**
	 * Create an exception.
	 * @param schema the script that creates the tables
	 * @param cause what the database said
	 */
	MissingTablesException(String schema, BadSqlGrammarException cause) {
		super(cause.getSQLException());
		this.schema = schema;
	}

	/**
	 * Return the script that creates the tables.
	 */
	String schema() {
		return this.schema;
	}

}
