// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * An event on its way.
 *
 * @param event the event
 * @param idempotencyKey identifies the event to LLMtrack; the same on every attempt, so
 * that an event whose answer got lost is not booked twice
 * @since 0.1.0
 */
public record OutgoingEvent(LlmUsageEvent event, String idempotencyKey) {
}
