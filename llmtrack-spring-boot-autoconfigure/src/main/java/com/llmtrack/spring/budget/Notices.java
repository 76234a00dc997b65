// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigInteger;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.llmtrack.spring.LlmBudgetAccount;
import com.llmtrack.spring.LlmBudgetExceededEvent;
import com.llmtrack.spring.LlmBudgetWarningEvent;
import com.llmtrack.spring.budget.Account.Level;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells that a budget has reached a level: one line in the log, and an application event
 * on a daemon thread of its own, since a listener may send a mail. The thread ends when
 * there is nothing to tell. Bounded: events beyond {@value #MAX_WAITING} are logged only.
 */
final class Notices {

	private static final int MAX_WAITING = 10_000;

	private static final Log logger = LogFactory.getLog(Notices.class);

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(MAX_WAITING), (work) -> BudgetThreads.create("llmtrack-budget-events", work));

	private final Consumer<Object> publisher;

	/**
	 * Create notices.
	 * @param publisher publishes application events
	 */
	Notices(Consumer<Object> publisher) {
		this.publisher = publisher;
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Tell that an account has reached a level. Never waits.
	 */
	void tell(Level level, LlmBudgetAccount account, boolean refused) {
		if (level == Level.EXCEEDED) {
			logger.warn(account + ", which is the limit until " + account.end().toOffsetDateTime() + "."
					+ (refused ? " Further requests are refused." : " Requests go on."));
			publish(new LlmBudgetExceededEvent(account));
		}
		else {
			logger.warn(account + " (" + percentage(account) + " %) until " + account.end().toOffsetDateTime() + ".");
			publish(new LlmBudgetWarningEvent(account));
		}
	}

	/**
	 * Return the share in percent, rounded down: "100 %" is said of the whole limit only.
	 */
	private static BigInteger percentage(LlmBudgetAccount account) {
		return account.spent().movePointRight(2).divideToIntegralValue(account.limit()).toBigInteger();
	}

	private void publish(Object event) {
		try {
			this.executor.execute(() -> publishNow(event));
		}
		catch (RejectedExecutionException ex) {
			if (this.executor.isShutdown()) {
				// The application that has listeners has ended
				return;
			}
			logger.warn("Did not publish " + event + ", as listeners have not yet dealt with " + MAX_WAITING
					+ " earlier ones. Make listeners of budgets faster.");
		}
	}

	private void publishNow(Object event) {
		try {
			this.publisher.accept(event);
		}
		catch (Throwable ex) {
			if (this.executor.isShutdown()) {
				return;
			}
			logger.warn("A listener of budgets failed on " + event + ".", ex);
		}
	}

	/**
	 * Publish what is waiting, and end when that is done. Does not wait.
	 */
	void close() {
		this.executor.shutdown();
	}

}
