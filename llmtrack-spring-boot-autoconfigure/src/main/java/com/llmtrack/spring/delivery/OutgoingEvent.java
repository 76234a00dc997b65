// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * An event as it is handed to the transport.
 *
 * @param event the event
 * @param idempotencyKey identifies the event to LLMtrack; the same on every attempt, so
 * that an event whose response got lost is not counted twice
 */
public record OutgoingEvent(LlmUsageEvent event, String idempotencyKey) {
}
