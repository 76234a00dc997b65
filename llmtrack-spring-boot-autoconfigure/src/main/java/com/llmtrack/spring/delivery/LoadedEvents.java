// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.Map;
import java.util.Set;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * What was read from the spool. An event that is neither loaded nor lost can't be read at
 * present.
 *
 * @param events the events by idempotency key
 * @param lost the idempotency keys of events that are damaged or gone. They take up room
 * until they are removed.
 */
public record LoadedEvents(Map<String, LlmUsageEvent> events, Set<String> lost) {
}
