/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

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
