// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.function.Function;
import java.util.function.LongSupplier;

import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * The log lines that all spools have in common: one when a problem begins and one when it
 * is over, no kind of line more than once a minute. Used by one thread at a time.
 */
public final class SpoolLog {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring.delivery");

	private final String place;

	private final Function<Exception, String> remedy;

	private final LogOnce oncePerMinute;

	private boolean failing;

	private boolean full;

	/**
	 * Create a log.
	 * @param place which spool it is, at the beginning of a sentence
	 * @param remedy tells what to see to after a failure, as a clause
	 * @param clock tells the time, in nanoseconds since any point
	 */
	public SpoolLog(String place, Function<Exception, String> remedy, LongSupplier clock) {
		this.place = place;
		this.remedy = remedy;
		this.oncePerMinute = LogOnce.perMinute(clock);
	}

	/**
	 * Say that the spool can't be used, unless it was said before.
	 * @param failure why
	 */
	public void failed(Exception failure) {
		if (!this.failing && this.oncePerMinute.isDue("failed")) {
			this.failing = true;
			// Databases put the content of rows into further lines
			String cause = NestedExceptionUtils.getMostSpecificCause(failure).toString().lines().findFirst().orElse("");
			logger.warn(this.place + " can't be used (" + cause + "). Pending events are kept in memory only until it "
					+ "can; see that " + this.remedy.apply(failure) + ".");
		}
	}

	void recovered() {
		if (this.failing) {
			this.failing = false;
			logger.info(this.place + " is used again.");
		}
	}

	void full(int events, long bytes) {
		if (!this.full && this.oncePerMinute.isDue("full")) {
			this.full = true;
			logger.warn(this.place + " is full with " + events + " events of " + bytes
					+ " bytes; further ones are kept in memory only. See llmtrack.spool.max-events and "
					+ "llmtrack.spool.max-size.");
		}
	}

	void notFull() {
		this.full = false;
	}

	/**
	 * Say that events of other processes were adopted, if any were.
	 * @param events how many
	 */
	public void adopted(int events) {
		if (events > 0) {
			logger.info("Took over " + events + " events from the spool that were not delivered before.");
		}
	}

	/**
	 * Say that events were ceded to other instances, if any were.
	 * @param events how many
	 */
	public void ceded(int events) {
		if (events > 0) {
			logger.warn("Other instances took over " + events + " events, because this one could not renew its lease "
					+ "in time; they deliver them.");
		}
	}

}
