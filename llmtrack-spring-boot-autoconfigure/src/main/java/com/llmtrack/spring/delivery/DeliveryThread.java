// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The daemon thread that runs the {@link DeliveryWorker}, from the first work until it is
 * asked to finish. Safe for any thread; only {@link #finish(long)} blocks.
 */
final class DeliveryThread {

	private static final Duration GRACE = Duration.ofSeconds(1);

	/** Time to store all pending events, even if the first is just being sent. */
	private static final Duration GRACE_FOR_SPOOL = Duration.ofSeconds(5);

	private final DeliveryWorker worker;

	private final EventQueue queue;

	private final boolean spooling;

	private final Runnable ended;

	private final LongSupplier clock;

	private final Object monitor = new Object();

	private volatile @Nullable Thread thread;

	private volatile boolean paused;

	private volatile boolean closed;

	/**
	 * Create a thread, without starting it.
	 * @param worker the worker to run
	 * @param queue the pending events
	 * @param spooling whether a spool may have further events
	 * @param ended run by the thread when the worker has finished
	 * @param clock tells the time, in nanoseconds
	 */
	DeliveryThread(DeliveryWorker worker, EventQueue queue, boolean spooling, Runnable ended, LongSupplier clock) {
		this.worker = worker;
		this.queue = queue;
		this.spooling = spooling;
		this.ended = ended;
		this.clock = clock;
	}

	/**
	 * Wake the thread, or start it.
	 */
	void wake() {
		if (this.thread != null) {
			this.worker.wake();
		}
		else if (!this.paused) {
			start();
		}
	}

	/**
	 * Do nothing but store events from now on: those in the spool may belong to another
	 * process soon, and with them the results of requests for them.
	 */
	void close() {
		this.closed = true;
	}

	/**
	 * Have the thread store an event that was recorded after it had been closed.
	 */
	void storeLate() {
		start();
	}

	private void start() {
		synchronized (this.monitor) {
			if (this.thread == null) {
				// Inherits nothing from the application's thread that starts it
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
		if (this.closed) {
			this.worker.storeLate();
		}
		else {
			this.worker.run();
		}
		synchronized (this.monitor) {
			this.thread = null;
			boolean moreToStore = this.paused && this.spooling && this.queue.hasFresh();
			if (moreToStore || (!this.paused && hasWork())) {
				start();
			}
			else {
				this.ended.run();
			}
		}
	}

	/**
	 * Continue without a deadline.
	 */
	void proceed() {
		this.worker.proceed();
		this.paused = false;
		if (hasWork()) {
			wake();
		}
	}

	private boolean hasWork() {
		// Other processes may have left events in the spool
		return !this.worker.isOff() && (this.spooling || this.queue.count() > 0);
	}

	/**
	 * Deliver what can be delivered in time, and end the thread.
	 * @param nanos the time that it may take
	 * @return the rest of that time
	 */
	long finish(long nanos) {
		long begin = this.clock.getAsLong();
		this.paused = true;
		this.worker.finishBy(begin + nanos);
		if (this.queue.count() > 0) {
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
