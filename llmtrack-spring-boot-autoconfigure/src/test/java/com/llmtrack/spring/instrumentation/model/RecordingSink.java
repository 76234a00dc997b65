// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;

/**
 * A sink that keeps the events.
 */
public class RecordingSink implements LlmUsageEventSink {

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	@Override
	public void record(LlmUsageEvent event) {
		this.events.add(event);
	}

	public List<LlmUsageEvent> events() {
		return this.events;
	}

	public LlmUsageEvent event() {
		if (this.events.size() != 1) {
			throw new AssertionError("Expected one event but there are " + this.events);
		}
		return this.events.get(0);
	}

}
