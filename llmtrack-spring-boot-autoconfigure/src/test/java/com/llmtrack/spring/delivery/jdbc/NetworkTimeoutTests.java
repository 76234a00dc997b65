// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import com.llmtrack.spring.testsupport.TestDatabase;
import com.llmtrack.spring.testsupport.TestSchema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a connection which no longer answers is given up.
 */
@Tag("slow")
@ParameterizedClass(name = "{0}")
@EnumSource(names = { "POSTGRESQL", "MARIADB", "MYSQL" })
class NetworkTimeoutTests extends AbstractJdbcSpoolTests {

	@Parameter
	TestDatabase database;

	@Override
	TestSchema createSchema() {
		return this.database.create();
	}

	@ParameterizedTest
	@CsvSource({ "0, 20000", "90000, 20000", "7000, 7000" })
	void connectionHasATimeoutWhileItIsUsed(int own, int used) throws SQLException {
		try (Connection connection = schema().dataSource().getConnection()) {
			connection.setNetworkTimeout(Runnable::run, own);
			SingleConnectionDataSource dataSource = new SingleConnectionDataSource(connection, true);
			TransactionTemplate transaction = new TransactionTemplate(new SpoolTransactions(dataSource));
			Integer timeout = transaction.execute((status) -> {
				new JdbcTemplate(dataSource).execute("SELECT 1");
				try {
					return DataSourceUtils.getConnection(dataSource).getNetworkTimeout();
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
			assertThat(timeout).isEqualTo(used);
			assertThat(connection.getNetworkTimeout()).isEqualTo(own);
		}
	}

}
