// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The log lines of delivery: one when a state begins, with what to do, one when it ends,
 * and one for each kind of problem with single events; never one per event, and no kind
 * of line more than once a minute. Contains no key and no content. Safe for any thread,
 * except for the state, which only the delivery thread reports.
 */
final class DeliveryLog {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring.delivery");

	private static final String REMEDY_FOR_CLASS_PATH = "Check the versions on the class path, which those that Spring "
			+ "Boot manages fit, and start again.";

	private final LogOnce oncePerMinute;

	private final LogOnce oncePerRejection = LogOnce.forever();

	private final LogOnce oncePerModel = LogOnce.forever();

	private final LogOnce oncePerHiddenReason = LogOnce.forever();

	private final DeliveryHistory history;

	private final boolean inMemoryOnly;

	private @Nullable DeliveryState announced;

	/**
	 * Create a log.
	 * @param clock tells the time, in nanoseconds since any point
	 * @param history remembers the problems
	 * @param inMemoryOnly whether pending events end with the application
	 */
	DeliveryLog(LongSupplier clock, DeliveryHistory history, boolean inMemoryOnly) {
		this.oncePerMinute = LogOnce.perMinute(clock);
		this.history = history;
		this.inMemoryOnly = inMemoryOnly;
	}

	/**
	 * Report the state after a result that has changed it or confirmed its reason. A
	 * state that begins again shortly after it was reported is reported as soon as a line
	 * is due. The history gets the reason of each result, as it may have changed.
	 */
	void reportState(DeliveryState state, String problem, int pending) {
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
		if (!this.oncePerMinute.isDue(state)) {
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
	 * Report that nothing is ever sent again.
	 */
	void switchedOff(String problem, int lost) {
		this.history.add(problem, REMEDY_FOR_CLASS_PATH);
		logger.error("LLMtrack is off, because " + problem + ". " + REMEDY_FOR_CLASS_PATH
				+ " Requests are no longer recorded; pending events that are lost: " + lost + ".");
	}

	/**
	 * Report that the queue is full.
	 */
	void overflowed(int capacity, long droppedSoFar) {
		if (this.oncePerMinute.isDue(DropReason.QUEUE_FULL)) {
			String problem = "The queue of " + capacity
					+ " events is full; new ones are dropped until LLMtrack takes events again";
			String remedy = "See llmtrack.delivery.queue-capacity.";
			this.history.add(problem, remedy);
			logger.warn(problem + " (" + droppedSoFar + " so far). " + remedy);
		}
	}

	void rejected(String problem) {
		if (this.oncePerRejection.isDue(problem)) {
			warn("LLMtrack rejected an event as invalid (" + problem + "); it was dropped",
					"Further events rejected for this reason are dropped without a line of their own; please report "
							+ "it to LLMtrack.");
		}
	}

	void poisonous(@Nullable LlmUsageEvent event, String problem) {
		if (this.oncePerMinute.isDue(DropReason.FAILED)) {
			warn("LLMtrack failed on an event again and again (" + problem + ") while it took others; it was dropped: "
					+ event, "Please report this to LLMtrack.");
		}
	}

	void modelUnknown(LlmUsageEvent event) {
		String model = event.provider() + "/" + event.model();
		if (this.oncePerModel.isDue(model)) {
			warn("LLMtrack has no price for " + model + ", so that its requests cost nothing there",
					"If it has the model under another name, set llmtrack.model-aliases or llmtrack.provider-aliases; "
							+ "else ask LLMtrack to add it.");
		}
	}

	void hidden(LlmUsageEvent event, String reason) {
		if (this.oncePerHiddenReason.isDue(reason)) {
			warn("LLMtrack took an event but does not show it in the dashboard (" + reason
					+ "). It was sent with provider=" + event.provider() + ", model=" + event.model()
					+ ", metadata.feature=" + event.feature() + "; a key of the free plan is bound to one of each",
					"Send exactly those by llmtrack.provider-aliases, llmtrack.model-aliases and @LlmFeature, or "
							+ "upgrade the plan.");
		}
	}

	private void warn(String problem, String remedy) {
		this.history.add(problem, remedy);
		logger.warn(problem + ". " + remedy);
	}

	void leftBehind(int events, DeliveryState state, Duration shutdownTimeout) {
		logger.warn(events + " events were not delivered before the application ended and are lost (delivery was "
				+ state.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; llmtrack.delivery.shutdown-timeout is "
				+ shutdownTimeout.toMillis() + " ms)."
				+ (this.inMemoryOnly ? " To keep them for the next start, set llmtrack.spool.directory." : ""));
	}

	/**
	 * Report events that came after everything was closed.
	 */
	void late(long droppedSoFar) {
		if (this.oncePerMinute.isDue(DropReason.SHUTDOWN)) {
			logger.warn("Model requests ended after the application context was closed; their events are lost ("
					+ droppedSoFar + " events lost at the end so far). End what makes requests before it"
					+ (this.inMemoryOnly ? ", or set llmtrack.spool.directory to keep events for the next start."
							: "."));
		}
	}

	void spooled(int events) {
		logger.info(events + " events wait in the spool to be delivered after the next start.");
	}

	void listenerFailure(Throwable failure) {
		if (this.oncePerMinute.isDue(DeliveryListener.class)) {
			logger
				.warn("A listener to the delivery to LLMtrack failed, as metrics do with a failing filter; events are "
						+ "delivered all the same.", failure);
		}
	}

	void internalFailure(Throwable failure) {
		if (this.oncePerMinute.isDue(Throwable.class)) {
			logger.error("Delivery to LLMtrack failed unexpectedly and goes on. Please report this to LLMtrack.",
					failure);
		}
	}

}
