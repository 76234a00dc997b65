// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts how many connections are open at once.
 */
final class WatchedDataSource extends DelegatingDataSource {

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	WatchedDataSource(DataSource target) {
		super(target);
	}

	int mostConnections() {
		return this.most.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		// A connection that is being waited for counts as well
		this.most.accumulateAndGet(this.open.incrementAndGet(), Math::max);
		try {
			return watched(super.getConnection());
		}
		catch (SQLException | RuntimeException ex) {
			this.open.decrementAndGet();
			throw ex;
		}
	}

	private Connection watched(Connection connection) {
		AtomicBoolean closed = new AtomicBoolean();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("close") && closed.compareAndSet(false, true)) {
						this.open.decrementAndGet();
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
