// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.util.concurrent.ScheduledThreadPoolExecutor;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Watches the time-outs of requests, on a daemon thread of its own that starts with the
 * first request. Reactor's shared threads, which would do it else, live as long as the
 * JVM, and those that we are the first to use would keep our class loader for as long.
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
	 * End the thread as soon as no request is under way, which is a time-out later at the
	 * latest.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
	}

}
