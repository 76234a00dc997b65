// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Takes one event per model request. The one place where instrumentation and delivery
 * meet; an application that declares a bean of this type receives the events instead of
 * LLMtrack.
 * <p>
 * Called on the thread that made the request, or the one on which its stream ended,
 * possibly by many threads at once. An implementation returns at once: it does no I/O and
 * does not wait.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmUsageEventSink {

	/**
	 * Take an event.
	 * @param event what one model request used
	 */
	void record(LlmUsageEvent event);

}
