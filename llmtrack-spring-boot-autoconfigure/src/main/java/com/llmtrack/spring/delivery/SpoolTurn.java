// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time use a spool: that of delivery, which blocks on it, and the
 * one that closes the spool, which waits for the other for a second at most. Whatever is
 * used after that is released again with the end of its use.
 */
public final class SpoolTurn implements AutoCloseable {

	private final Runnable release;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean closed;

	/**
	 * Create turns for a spool.
	 * @param release releases what the spool uses, at its end and after each use that
	 * comes later
	 */
	public SpoolTurn(Runnable release) {
		this.release = release;
	}

	/**
	 * Use the spool.
	 * @param action what to do
	 * @param whenClosed what to do instead after the end
	 * @return the result
	 */
	public <T extends @Nullable Object> T use(Supplier<T> action, Supplier<T> whenClosed) {
		this.lock.lock();
		try {
			return (this.closed ? whenClosed : action).get();
		}
		finally {
			end();
		}
	}

	/**
	 * Release what the spool uses, or have the thread that uses it do so.
	 */
	@Override
	public void close() {
		this.closed = true;
		boolean interrupted = Thread.interrupted();
		try {
			// A thread that blocks releases it itself afterwards
			if (this.lock.tryLock(1, TimeUnit.SECONDS)) {
				end();
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void end() {
		try {
			if (this.closed) {
				this.release.run();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
