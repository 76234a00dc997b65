// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * An event to store in the spool.
 *
 * @param idempotencyKey identifies the event; also to LLMtrack, unless the application
 * gave it another key
 * @param recordedAt when the event was recorded
 * @param event the event
 */
public record UnspooledEvent(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
}
