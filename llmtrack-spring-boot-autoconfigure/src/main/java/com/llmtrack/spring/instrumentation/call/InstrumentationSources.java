// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmUsageEventSink;

/**
 * Supplies what an instrumentation works with. Nothing is asked for before it is needed,
 * so that no bean is created before its time: the settings with the first model, all else
 * with the first request after the application is ready.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InstrumentationSources {

	/**
	 * Return where the events go.
	 * @return the sink
	 */
	LlmUsageEventSink sink();

	/**
	 * Return what to instrument.
	 * @return the settings, by default the default ones
	 */
	default InstrumentationSettings settings() {
		return new InstrumentationSettings();
	}

	/**
	 * Return what the events have to look like.
	 * @return the settings, by default the default ones
	 */
	default EventSettings eventSettings() {
		return new EventSettings();
	}

	/**
	 * Return the application's beans that have a say in the events.
	 * @return the contributors, by default none
	 */
	default EventContributors contributors() {
		return new EventContributors();
	}

}
