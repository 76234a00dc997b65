// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The daemon thread on which a store is used, so that one which does not answer holds up
 * nothing else. Started with the first use.
 */
final class StoreThread {

	private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, this::createThread);

	private volatile @Nullable Thread thread;

	private Thread createThread(Runnable work) {
		Thread thread = BudgetThreads.create("llmtrack-budgets", work);
		this.thread = thread;
		return thread;
	}

	boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * Run an action after the earlier ones.
	 * @param action the action
	 * @param delay when to run it, in nanoseconds from now, at once if not positive
	 * @return whether it will be run; not after the end
	 */
	boolean run(Runnable action, long delay) {
		try {
			this.executor.schedule(action, delay, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * Run an action, and wait for its end.
	 * @throws TimeoutException if it does not end in time, or the current thread is
	 * interrupted
	 */
	void await(Runnable action, Duration timeout) throws TimeoutException {
		try {
			Future<?> end = this.executor.submit(action);
			end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new TimeoutException("no answer within " + timeout.toSeconds() + " s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TimeoutException("interrupted");
		}
		catch (ExecutionException | RejectedExecutionException ex) {
			// Nothing is left to wait for
		}
	}

	/**
	 * End, and interrupt what is being done.
	 */
	void end() {
		this.executor.shutdownNow();
	}

	boolean hasEnded() {
		return this.executor.isShutdown();
	}

}
