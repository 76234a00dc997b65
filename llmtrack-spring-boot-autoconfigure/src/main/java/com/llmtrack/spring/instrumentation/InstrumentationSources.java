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
