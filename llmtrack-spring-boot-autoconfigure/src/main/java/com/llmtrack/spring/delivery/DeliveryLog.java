// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What delivery tells the operator: one line when a state begins, with what to do, and
 * one when it ends; never one per event, and no kind of line more than once a minute.
 * Names no key and no content. What it says of states is for the delivery thread to use,
 * the rest for any.
 */
final class DeliveryLog {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring.delivery");

	private final LogThrottle throttle;

	private final DeliveryHistory history;

	private final boolean inMemoryOnly;

	private @Nullable DeliveryState announced;

	/**
	 * Create a log.
	 * @param clock tells the time, in nanoseconds since any point
	 * @param history remembers what went wrong
	 * @param inMemoryOnly whether pending events end with the application
	 */
	DeliveryLog(LongSupplier clock, DeliveryHistory history, boolean inMemoryOnly) {
		this.throttle = new LogThrottle(clock);
		this.history = history;
		this.inMemoryOnly = inMemoryOnly;
	}

	/**
	 * Report the state after an answer that has changed it, or that has shown again why
	 * it is what it is: a state that began shortly after an earlier one of its kind is
	 * reported as soon as a line is due. The history has the reason of each answer, since
	 * it may have changed.
	 */
	void answered(DeliveryState state, String problem, int pending) {
		if (state == DeliveryState.ACTIVE) {
			if (this.announced != null) {
				logger.info("LLMtrack takes events again; " + pending + " pending.");
				this.announced = null;
			}
			return;
		}
		String summary = state.getSummary() + " (" + problem + ")";
		this.history.add(summary, state.getRemedy());
		if (state == this.announced) {
			return;
		}
		if (!this.throttle.isDue(state)) {
			logger.debug(problem + "; " + pending + " events pending.");
			return;
		}
		this.announced = state;
		String line = summary + ". " + state.getRemedy() + " Pending events are kept"
				+ (this.inMemoryOnly ? " in memory: " : ": ") + pending + ".";
		if (state == DeliveryState.KEY_REFUSED) {
			logger.error(line);
		}
		else {
			logger.warn(line);
		}
	}

	/**
	 * Report that the queue is full; called by any thread.
	 */
	void overflowed(int capacity, long droppedSoFar) {
		if (this.throttle.isDue(DropReason.QUEUE_FULL)) {
			String problem = "The queue of " + capacity
					+ " events is full; new ones are dropped until LLMtrack takes events again";
			String remedy = "See llmtrack.delivery.queue-capacity.";
			this.history.add(problem, remedy);
			logger.warn(problem + " (" + droppedSoFar + " so far). " + remedy);
		}
	}

	void leftBehind(int events, DeliveryState state, Duration shutdownTimeout) {
		logger.warn(events + " events were not delivered before the application ended and are lost (delivery was "
				+ state.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; llmtrack.delivery.shutdown-timeout is "
				+ shutdownTimeout.toMillis() + " ms)."
				+ (this.inMemoryOnly ? " To keep them for the next start, set llmtrack.spool.directory." : ""));
	}

	void spooled(int events) {
		logger.info(events + " events wait in the spool to be delivered after the next start.");
	}

	void listenerFailure(Throwable failure) {
		if (this.throttle.isDue(DeliveryListener.class)) {
			logger.warn("What listens to the delivery to LLMtrack failed, as metrics with a failing filter do; events "
					+ "are delivered all the same.", failure);
		}
	}

	void internalFailure(Throwable failure) {
		if (this.throttle.isDue(Throwable.class)) {
			logger.error("Delivery to LLMtrack failed unexpectedly and goes on. Please report this to LLMtrack.",
					failure);
		}
	}

}
