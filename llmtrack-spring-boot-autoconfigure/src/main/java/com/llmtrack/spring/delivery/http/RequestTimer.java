/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
