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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;

/**
 * Keeps the events that it takes.
 */
class RecordingSink implements LlmUsageEventSink {

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	@Override
	public void record(LlmUsageEvent event) {
		this.events.add(event);
	}

	List<LlmUsageEvent> events() {
		return this.events;
	}

	LlmUsageEvent event() {
		if (this.events.size() != 1) {
			throw new AssertionError("Expected one event but there are " + this.events);
		}
		return this.events.get(0);
	}

}
