// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database whose connections fail, or do not answer, as a test wants.
 */
class UnreliableDataSource extends DelegatingDataSource {

	private final WatchedDataSource watched;

	private final AtomicInteger opened = new AtomicInteger();

	volatile boolean down;

	/** Whether commits take effect and their answers get lost. */
	volatile boolean losingAnswers;

	volatile @Nullable CountDownLatch hanging;

	UnreliableDataSource(DataSource dataSource) {
		this(new WatchedDataSource(dataSource));
	}

	private UnreliableDataSource(WatchedDataSource watched) {
		super(watched);
		this.watched = watched;
	}

	/**
	 * Return how many connections were used at the same time.
	 */
	int mostOpen() {
		return this.watched.mostConnections();
	}

	/**
	 * Return how many connections were asked for.
	 */
	int opened() {
		return this.opened.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.opened.incrementAndGet();
		answer();
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (Set.of("prepareStatement", "createStatement", "commit").contains(method.getName())) {
						answer();
					}
					try {
						Object result = method.invoke(connection, arguments);
						if (method.getName().equals("commit") && this.losingAnswers) {
							throw new SQLRecoverableException("The answer got lost");
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private void answer() throws SQLException {
		CountDownLatch hanging = this.hanging;
		try {
			if (hanging != null) {
				hanging.await();
			}
		}
		catch (InterruptedException ex) {
			throw new SQLException(ex);
		}
		if (this.down) {
			throw new SQLRecoverableException("The database is down");
		}
	}

}
