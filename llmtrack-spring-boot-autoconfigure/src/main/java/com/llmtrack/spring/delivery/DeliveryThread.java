// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The daemon thread that runs the {@link DeliveryWorker}: there from when there is work
 * until it is asked to finish. Safe for any thread, of which only {@link #finish(long)}
 * waits.
 */
final class DeliveryThread {

	private static final Duration GRACE = Duration.ofSeconds(1);

	/** Time to write what is pending, even if the first event is just being sent. */
	private static final Duration GRACE_FOR_SPOOL = Duration.ofSeconds(5);

	private final DeliveryWorker worker;

	private final EventQueue pending;

	private final boolean spooling;

	private final Runnable ended;

	private final LongSupplier clock;

	private final Object monitor = new Object();

	private volatile @Nullable Thread thread;

	private volatile boolean paused;

	/**
	 * Create a thread, without starting it.
	 * @param worker what it runs
	 * @param pending the events that there are
	 * @param spooling whether there may be others in a spool
	 * @param ended is run by the thread when the worker has finished
	 * @param clock tells the time, in nanoseconds
	 */
	DeliveryThread(DeliveryWorker worker, EventQueue pending, boolean spooling, Runnable ended, LongSupplier clock) {
		this.worker = worker;
		this.pending = pending;
		this.spooling = spooling;
		this.ended = ended;
		this.clock = clock;
	}

	/**
	 * Have it look for work.
	 */
	void wake() {
		if (this.thread != null) {
			this.worker.wake();
		}
		else if (!this.paused) {
			start();
		}
	}

	private void start() {
		synchronized (this.monitor) {
			if (this.thread == null) {
				// Takes over nothing from the application's thread that happens to start
				// it
				Thread thread = new Thread(null, this::run, "llmtrack-delivery", 0, false);
				thread.setDaemon(true);
				thread.setPriority(Thread.NORM_PRIORITY);
				thread.setContextClassLoader(DeliveryThread.class.getClassLoader());
				thread.start();
				this.thread = thread;
			}
		}
	}

	private void run() {
		this.worker.run();
		this.ended.run();
		synchronized (this.monitor) {
			this.thread = null;
			if (!this.paused && hasWork()) {
				start();
			}
		}
	}

	/**
	 * Go on for as long as it takes.
	 */
	void proceed() {
		this.worker.proceed();
		this.paused = false;
		if (hasWork()) {
			wake();
		}
	}

	private boolean hasWork() {
		// In a spool, others may have left something
		return this.spooling || this.pending.count() > 0;
	}

	/**
	 * Do what can be done in time, and end.
	 * @param nanos the time that it may take
	 * @return what is left of it
	 */
	long finish(long nanos) {
		long begin = this.clock.getAsLong();
		this.paused = true;
		this.worker.finishBy(begin + nanos);
		if (this.pending.count() > 0) {
			start();
		}
		Thread thread = this.thread;
		if (thread != null) {
			join(thread, nanos);
		}
		return Math.max(0, nanos - (this.clock.getAsLong() - begin));
	}

	private void join(Thread thread, long nanos) {
		try {
			thread.join(Duration.ofNanos(nanos).plus(this.spooling ? GRACE_FOR_SPOOL : GRACE).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
