// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSources;

/**
 * What an instrumentation works with in a test that decides on more than the sink.
 */
record TestSources(LlmUsageEventSink sink, EventSettings eventSettings,
		InstrumentationSettings settings) implements InstrumentationSources {
}
