// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.util.function.LongSupplier;

import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * Says when a store begins to fail and when it works again, and not more than once a
 * minute that it is slow.
 */
final class StoreLog {

	private static final Log logger = LogFactory.getLog(StoreLog.class);

	private final LogOnce oncePerMinute;

	private final String store;

	private volatile boolean failing;

	/**
	 * Create a log.
	 * @param store which store, at the end of a sentence
	 * @param clock tells the time, in nanoseconds since any point
	 */
	StoreLog(String store, LongSupplier clock) {
		this.store = store;
		this.oncePerMinute = LogOnce.perMinute(clock);
	}

	void failed(Throwable failure) {
		if (!this.failing && this.oncePerMinute.isDue("failed")) {
			this.failing = true;
			String cause = NestedExceptionUtils.getMostSpecificCause(failure).toString().lines().findFirst().orElse("");
			logger.warn("Accounts of budgets can't be kept in " + this.store + " (" + cause + "). Until they can, "
					+ "requests go on, and budgets count those of this process only.");
		}
	}

	void succeeded() {
		if (this.failing) {
			this.failing = false;
			logger.info("Accounts of budgets are kept in " + this.store + " again.");
		}
	}

	/**
	 * Say that something is missing in the store for good.
	 * @param accounts of how many accounts
	 */
	void lost(long accounts) {
		if (accounts > 0 && this.oncePerMinute.isDue("lost")) {
			logger.warn("The latest additions to accounts of budgets are missing in " + this.store
					+ ", as it could not be used in time. Accounts: " + accounts + ".");
		}
	}

	void slow(Duration patience) {
		if (this.oncePerMinute.isDue("slow")) {
			logger.warn("Budgets that refuse requests did not get a fresh amount from " + this.store + " within "
					+ patience.toMillis() + " ms. Requests go on, and are refused by the amounts that are known. See "
					+ "llmtrack.budgets.store-timeout.");
		}
	}

}
