// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.util.concurrent.ScheduledThreadPoolExecutor;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Times requests out, on a daemon thread of its own that starts with the first request.
 * Reactor's shared threads, the default, live as long as the JVM, and those that we are
 * the first to use would reference our class loader for as long.
 */
final class RequestTimer implements AutoCloseable {

	private final ScheduledThreadPoolExecutor executor;

	private final Scheduler scheduler;

	RequestTimer() {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(null, task, "llmtrack-timer", 0, false);
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
		this.scheduler = Schedulers.fromExecutorService(this.executor, "llmtrack-timer");
	}

	Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * End the thread as soon as no request is in progress, at the latest after the
	 * request time-out.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
	}

}
