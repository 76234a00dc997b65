// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.CompletionStage;

/**
 * Carries events to LLMtrack. Opens no connection before the first event.
 *
 * @since 0.1.0
 */
public interface EventTransport extends AutoCloseable {

	/**
	 * Send an event, without waiting for the answer.
	 * @param event the event
	 * @return what became of it, completed within a bounded time on any thread. A failure
	 * to get an answer is an {@link DeliveryResult.Unavailable} as well; a stage that
	 * fails is taken for one.
	 */
	CompletionStage<DeliveryResult> send(OutgoingEvent event);

	/**
	 * Release all threads and connections. Events under way are given up. May be called
	 * more than once.
	 */
	@Override
	void close();

}
