// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Receives one event per model request. Each bean of this type gets every event, in
 * addition to the delivery to LLMtrack. To replace the delivery, set
 * {@code llmtrack.delivery.enabled=false} or no key.
 * <p>
 * Called on the thread on which the request or its stream ended, possibly by several
 * threads at once. An implementation must return quickly: no I/O, no waiting.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmUsageEventSink {

	/**
	 * Record an event. Exceptions are logged and affect neither the request nor other
	 * sinks.
	 * @param event the usage of one model request
	 */
	void record(LlmUsageEvent event);

}
