// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Listens to what happens to events. Called on the application's threads and on the
 * delivery thread, so that implementations must not block. Exceptions are contained.
 */
public interface DeliveryListener {

	/**
	 * An event was recorded; it may still be dropped. Called on the thread that recorded
	 * it.
	 * @param event the event
	 */
	default void recorded(LlmUsageEvent event) {
	}

	/**
	 * An event was delivered. Called on the delivery thread.
	 * @param event the event
	 * @param result what LLMtrack reported
	 * @param age the time since the event was recorded
	 */
	default void delivered(LlmUsageEvent event, DeliveryResult.Accepted result, Duration age) {
	}

}
