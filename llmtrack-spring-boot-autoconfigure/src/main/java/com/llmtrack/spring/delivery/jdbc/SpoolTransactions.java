// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of the spool, in none of which the application takes part. They end with
 * an exception if they take long: statements are cancelled, so that none goes on in the
 * database, and where the driver can do it, a connection without an answer is given up.
 * Without that, one to a host that is gone would be lost to the application's pool for
 * ever.
 */
final class SpoolTransactions extends JdbcTransactionManager {

	private static final long serialVersionUID = 1L;

	/** In seconds; the database cancels what takes longer. */
	private static final int TIMEOUT = 10;

	private static final int NETWORK_TIMEOUT = (int) Duration.ofSeconds(20).toMillis();

	/** That of the connection in use, if it has been changed. */
	private transient @Nullable Integer originalTimeout;

	SpoolTransactions(DataSource dataSource) {
		super(dataSource);
		setTransactionSynchronization(SYNCHRONIZATION_NEVER);
		setDefaultTimeout(TIMEOUT);
	}

	@Override
	protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
			throws SQLException {
		super.prepareTransactionalConnection(connection, definition);
		try {
			int original = connection.getNetworkTimeout();
			if (original == 0 || original > NETWORK_TIMEOUT) {
				connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT);
				this.originalTimeout = original;
			}
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			// Not every driver can do it
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		try {
			super.doRollback(status);
		}
		catch (RuntimeException ex) {
			// The connection is broken; what led to the rollback says more
		}
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		restoreNetworkTimeout();
		super.doCleanupAfterCompletion(transaction);
	}

	private void restoreNetworkTimeout() {
		Integer original = this.originalTimeout;
		this.originalTimeout = null;
		if (original != null && TransactionSynchronizationManager
			.getResource(obtainDataSource()) instanceof ConnectionHolder holder) {
			try {
				holder.getConnection().setNetworkTimeout(Runnable::run, original);
			}
			catch (SQLException | RuntimeException ex) {
				// The connection is broken
			}
		}
	}

}
