// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The daemon thread on which the database is used, so that one which does not answer
 * holds up nothing else. Ends by itself when it is idle. Nothing is interrupted, as that
 * would close a database in files for the whole application. Used by one thread at a
 * time.
 */
final class SpoolThread {

	private static final Duration IDLE_TIME = Duration.ofSeconds(10);

	private final Duration patience;

	private final ThreadPoolExecutor executor;

	private @Nullable Future<?> latest;

	/**
	 * Create a thread, without starting it.
	 * @param patience how long to wait for an answer
	 */
	SpoolThread(Duration patience) {
		this.patience = patience;
		this.executor = new ThreadPoolExecutor(1, 1, IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), SpoolThread::newThread);
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread newThread(Runnable work) {
		// Inherits nothing from the thread that starts it
		Thread thread = new Thread(null, work, "llmtrack-spool", 0, false);
		thread.setDaemon(true);
		thread.setPriority(Thread.NORM_PRIORITY);
		thread.setContextClassLoader(SpoolThread.class.getClassLoader());
		return thread;
	}

	/**
	 * Return whether an earlier call still waits for the database.
	 */
	boolean isBusy() {
		return this.latest != null && !this.latest.isDone();
	}

	/**
	 * Call something that uses the database.
	 * @param action what to call
	 * @return its result
	 * @throws TimeoutException if there is none in time. It may come later, and with it
	 * what the action does to the database.
	 */
	<T extends @Nullable Object> T call(Callable<T> action) throws Exception {
		Future<T> result = this.executor.submit(action);
		this.latest = result;
		try {
			return result.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new TimeoutException("no answer within " + this.patience.toSeconds() + " s");
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Exception cause) {
				throw cause;
			}
			throw ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw ex;
		}
	}

	/**
	 * End the thread as soon as it has nothing to do; a later call starts it again.
	 */
	void end() {
		this.executor.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
	}

}
