// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

/**
 * Whether to create the tables of the spool if they are missing.
 */
public enum SchemaInitialization {

	/**
	 * In a database that lives in memory.
	 */
	EMBEDDED,

	/**
	 * In any database.
	 */
	ALWAYS,

	/**
	 * Never: the application or an administrator creates them.
	 */
	NEVER

}
