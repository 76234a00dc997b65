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
import org.jspecify.annotations.Nullable;

/**
 * Remembers what its sources supplied. Holds no lock meanwhile, as two threads of which
 * one holds this lock and the other the container's would wait for each other forever; so
 * the sources may be asked twice.
 */
final class UnlockedSources implements InstrumentationSources {

	private final InstrumentationSources sources;

	private volatile @Nullable LlmUsageEventSink sink;

	private volatile @Nullable InstrumentationSettings settings;

	private volatile @Nullable EventSettings eventSettings;

	private volatile @Nullable EventContributors contributors;

	UnlockedSources(InstrumentationSources sources) {
		this.sources = sources;
	}

	@Override
	public LlmUsageEventSink sink() {
		LlmUsageEventSink sink = this.sink;
		if (sink == null) {
			sink = this.sources.sink();
			this.sink = sink;
		}
		return sink;
	}

	@Override
	public InstrumentationSettings settings() {
		InstrumentationSettings settings = this.settings;
		if (settings == null) {
			settings = this.sources.settings();
			this.settings = settings;
		}
		return settings;
	}

	@Override
	public EventSettings eventSettings() {
		EventSettings eventSettings = this.eventSettings;
		if (eventSettings == null) {
			eventSettings = this.sources.eventSettings();
			this.eventSettings = eventSettings;
		}
		return eventSettings;
	}

	@Override
	public EventContributors contributors() {
		EventContributors contributors = this.contributors;
		if (contributors == null) {
			contributors = this.sources.contributors();
			this.contributors = contributors;
		}
		return contributors;
	}

}
