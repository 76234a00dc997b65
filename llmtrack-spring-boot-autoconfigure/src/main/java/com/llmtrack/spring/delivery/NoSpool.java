// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * A spool that stores nothing: pending events live in memory only.
 */
final class NoSpool implements EventSpool {

	@Override
	public List<SpooledEvent> adopt() {
		return List.of();
	}

	@Override
	public @Nullable SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
		return null;
	}

	@Override
	public @Nullable LlmUsageEvent load(SpooledEvent event) {
		return null;
	}

	@Override
	public void remove(SpooledEvent event) {
	}

	@Override
	public void close() {
	}

}
