// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.CompletionStage;

/**
 * Carries events to LLMtrack. Opens no connection before the first event. Must be safe
 * for any thread: events come from the delivery thread, and a test event from a thread of
 * the actuator.
 */
public interface EventTransport extends AutoCloseable {

	/**
	 * Send an event, without blocking.
	 * @param event the event
	 * @return the result, completed within a bounded time on any thread. A missing
	 * response is a {@link DeliveryResult.Unavailable}; so is a stage that fails.
	 */
	CompletionStage<DeliveryResult> send(OutgoingEvent event);

	/**
	 * Release all threads and connections. Events in flight get a result without waiting
	 * for a response. May be called more than once.
	 */
	@Override
	void close();

}
