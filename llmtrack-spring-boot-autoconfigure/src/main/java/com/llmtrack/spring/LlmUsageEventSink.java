// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Receives one event per model request. Every bean of this type gets each event, beside
 * the delivery to LLMtrack. To replace that delivery, set
 * {@code llmtrack.delivery.enabled=false}, or no key.
 * <p>
 * Called on the thread that made the request, or on which its stream ended, possibly by
 * several threads at once. An implementation must return quickly: no I/O, no waiting.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmUsageEventSink {

	/**
	 * Record an event. An exception is logged, and affects neither the request nor other
	 * sinks.
	 * @param event the usage of one model request
	 */
	void record(LlmUsageEvent event);

}
