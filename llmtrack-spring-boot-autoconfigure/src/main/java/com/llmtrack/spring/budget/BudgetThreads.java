// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import reactor.core.scheduler.Schedulers;

/**
 * The threads of budgets and of requests.
 */
final class BudgetThreads {

	/** Netty is on the class path of some applications only. */
	private static final String NETTY_THREAD = "io.netty.util.concurrent.FastThreadLocalThread";

	private static final ClassValue<Boolean> MAY_BE_EVENT_LOOP = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			Class<?> superclass = type.getSuperclass();
			return type.getName().equals(NETTY_THREAD) || (superclass != null && get(superclass));
		}

	};

	private BudgetThreads() {
	}

	/**
	 * Create a daemon thread, which inherits nothing from the thread that starts it.
	 */
	static Thread create(String name, Runnable work) {
		Thread thread = new Thread(null, work, name, 0, false);
		thread.setDaemon(true);
		thread.setPriority(Thread.NORM_PRIORITY);
		thread.setContextClassLoader(BudgetThreads.class.getClassLoader());
		return thread;
	}

	/**
	 * Return whether the current thread may wait for a store. Those of Reactor's and of
	 * Netty's event loops may not: one of them may have to deliver the answer.
	 */
	static boolean mayWait() {
		return !Schedulers.isInNonBlockingThread() && !MAY_BE_EVENT_LOOP.get(Thread.currentThread().getClass());
	}

}
