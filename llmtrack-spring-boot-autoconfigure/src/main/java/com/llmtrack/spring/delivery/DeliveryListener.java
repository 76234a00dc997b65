// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Is told what becomes of events. Called on the application's threads and on the one that
 * delivers, so that an implementation returns at once, as {@link EventDispatcher} does
 * itself. What it throws is contained.
 *
 * @since 0.1.0
 */
public interface DeliveryListener {

	/**
	 * An event was recorded, whatever becomes of it. Called on the thread that recorded
	 * it.
	 * @param event the event
	 */
	default void recorded(LlmUsageEvent event) {
	}

	/**
	 * LLMtrack has taken an event. Called on the thread that delivers.
	 * @param event the event
	 * @param answer what LLMtrack answered
	 * @param age the time since the event was recorded
	 */
	default void delivered(LlmUsageEvent event, DeliveryResult.Accepted answer, Duration age) {
	}

}
