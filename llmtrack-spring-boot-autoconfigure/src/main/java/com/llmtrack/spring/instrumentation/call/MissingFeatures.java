// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.util.StringUtils;

/**
 * Takes note of requests without a feature, unless the application wants to hear nothing
 * of them or has a feature for all.
 */
final class MissingFeatures {

	private final EventRecorder recorder;

	private final Supplier<InstrumentationSettings> settings;

	private final Supplier<EventSettings> eventSettings;

	private final CallSites callSites = new CallSites();

	/**
	 * Create a collector.
	 * @param recorder knows whether the application is ready to be asked
	 * @param settings supplies whether it wants to hear of them
	 * @param eventSettings supplies the feature for all, if there is one
	 */
	MissingFeatures(EventRecorder recorder, Supplier<InstrumentationSettings> settings,
			Supplier<EventSettings> eventSettings) {
		this.recorder = recorder;
		this.settings = settings;
		this.eventSettings = eventSettings;
	}

	/**
	 * Note that the current thread makes a request without a feature.
	 */
	void add() {
		if (this.recorder.isOpen() && this.settings.get().reportMissingFeatures()
				&& !StringUtils.hasText(this.eventSettings.get().feature())) {
			this.callSites.add();
		}
	}

	/**
	 * Return the number of requests by call site.
	 */
	Map<String, Long> counts() {
		return this.callSites.counts();
	}

}
