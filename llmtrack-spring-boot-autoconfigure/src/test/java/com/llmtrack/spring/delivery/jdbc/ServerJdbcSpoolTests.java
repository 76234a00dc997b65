// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import com.llmtrack.spring.delivery.SpoolState;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.testsupport.TestDatabase;
import com.llmtrack.spring.testsupport.TestSchema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcSpool} with servers; with MySQL's driver, MariaDB stands for
 * MySQL.
 */
@Tag("slow")
@ParameterizedClass(name = "{0}")
@EnumSource(names = { "POSTGRESQL", "MARIADB", "MYSQL" })
class ServerJdbcSpoolTests extends AbstractJdbcSpoolContractTests {

	@Parameter
	TestDatabase database;

	@Override
	TestSchema createSchema() {
		return this.database.create();
	}

	@Test
	void statementThatWaitsForALockIsCancelledInTheDatabase(CapturedOutput output) throws SQLException {
		JdbcSpool spool = spool();
		List<SpooledEvent> stored = store(spool, 1);
		try (Connection other = schema().dataSource().getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().executeUpdate("UPDATE LLMTRACK_EVENT SET BODY_SIZE = BODY_SIZE + 1");
			spool.remove(stored);
			other.rollback();
		}
		assertThat(output).contains("The spool in the database can't be used (");
		assertThat(countRows()).isOne();
		elapse(SpoolState.RETRY_INTERVAL);
		spool.upkeep();
		assertThat(countRows()).isZero();
	}

}
