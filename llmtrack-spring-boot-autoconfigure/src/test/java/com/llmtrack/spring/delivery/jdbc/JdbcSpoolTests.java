// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import com.llmtrack.spring.testsupport.TestDatabase;
import com.llmtrack.spring.testsupport.TestSchema;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests for {@link JdbcSpool} with databases in memory; HSQLDB stands for those that get
 * standard SQL.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(names = { "H2", "HSQLDB" })
class JdbcSpoolTests extends AbstractJdbcSpoolContractTests {

	@Parameter
	TestDatabase database;

	@Override
	TestSchema createSchema() {
		return this.database.create();
	}

}
