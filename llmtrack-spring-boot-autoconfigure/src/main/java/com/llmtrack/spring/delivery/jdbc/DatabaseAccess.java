// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Access to the database, which is there once it was opened and not while an earlier call
 * is unanswered. Used by one thread at a time, unless a method says otherwise.
 */
final class DatabaseAccess {

	private final SpoolThread thread;

	private volatile @Nullable SpoolDatabase database;

	/**
	 * Create access to a database that is not there yet.
	 * @param patience how long to wait for an answer
	 */
	DatabaseAccess(Duration patience) {
		this.thread = new SpoolThread(patience);
	}

	/**
	 * Use a database from now on, unless one is used already. Called by any thread.
	 */
	void open(SpoolDatabase database) {
		if (this.database == null) {
			this.database = database;
		}
	}

	boolean isPossible() {
		return this.database != null && !this.thread.isBusy();
	}

	/**
	 * Do something with the tables, in a transaction.
	 * @param action what to do, by the thread of the spool
	 * @throws Exception if it fails or takes too long; what happened in the database is
	 * not known then
	 */
	void run(Consumer<SpoolTables> action) throws Exception {
		this.<@Nullable Void>call((tables) -> {
			action.accept(tables);
			return null;
		});
	}

	/**
	 * Ask something of the tables, in a transaction.
	 * @param action what to ask, by the thread of the spool
	 * @return the answer
	 * @throws Exception if it fails or takes too long; what happened in the database is
	 * not known then
	 */
	<T extends @Nullable Object> T call(Function<SpoolTables, T> action) throws Exception {
		SpoolDatabase database = this.database;
		Assert.state(database != null, "Not opened");
		return this.thread.call(() -> database.inTransaction(action));
	}

	/**
	 * End the thread. A later call starts it again.
	 */
	void end() {
		this.thread.end();
	}

}
