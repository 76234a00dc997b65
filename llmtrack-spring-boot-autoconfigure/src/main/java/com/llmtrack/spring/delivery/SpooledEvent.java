// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;

/**
 * An event that is in the spool.
 *
 * @param idempotencyKey identifies the event, after a restart as before; also to
 * LLMtrack, unless the application gave it another key
 * @param recordedAt when the event was recorded, to the millisecond
 * @param size the space that it takes, in bytes
 */
public record SpooledEvent(String idempotencyKey, Instant recordedAt, long size) {
}
