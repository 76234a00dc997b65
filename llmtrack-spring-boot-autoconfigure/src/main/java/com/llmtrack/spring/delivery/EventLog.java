// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the operator is told about single events: each kind of trouble once, with what to
 * do. Names no key and no content. Used by the delivery thread only.
 */
final class EventLog {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring.delivery");

	private static final int MAX_REMEMBERED = 100;

	private final LogThrottle throttle;

	private final DeliveryHistory history;

	private final Set<String> rejections = new HashSet<>();

	private final Set<String> unknownModels = new HashSet<>();

	private final Set<String> hidden = new HashSet<>();

	EventLog(LongSupplier clock, DeliveryHistory history) {
		this.throttle = new LogThrottle(clock);
		this.history = history;
	}

	void rejected(String problem) {
		if (isFirst(problem, this.rejections)) {
			warn("LLMtrack rejected an event as invalid (" + problem + "); it was dropped",
					"Further events rejected for this reason are dropped without a line of their own; please report "
							+ "it to LLMtrack.");
		}
	}

	void poisonous(@Nullable LlmUsageEvent event, String problem) {
		if (this.throttle.isDue(DropReason.FAILED)) {
			warn("LLMtrack failed on an event again and again (" + problem + ") while it took others; it was dropped: "
					+ event, "Please report this to LLMtrack.");
		}
	}

	void modelUnknown(LlmUsageEvent event) {
		String model = event.provider() + "/" + event.model();
		if (isFirst(model, this.unknownModels)) {
			warn("LLMtrack has no price for " + model + ", so that its requests cost nothing there",
					"If it has the model under another name, set llmtrack.model-aliases or llmtrack.provider-aliases; "
							+ "else ask LLMtrack to add it.");
		}
	}

	void hidden(LlmUsageEvent event, String reason) {
		if (isFirst(reason, this.hidden)) {
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

	private static boolean isFirst(String problem, Set<String> known) {
		return known.size() < MAX_REMEMBERED && known.add(problem);
	}

}
