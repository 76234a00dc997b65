// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.llmtrack.spring.delivery.EventSpool;
import com.llmtrack.spring.delivery.LoadedEvents;
import com.llmtrack.spring.delivery.SpoolUpkeep;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;

/**
 * A spool whose events other processes adopt at once.
 */
final class CedingSpool implements EventSpool {

	@Override
	public void open() {
	}

	@Override
	public Duration upkeepInterval() {
		return Duration.ofMillis(10);
	}

	@Override
	public SpoolUpkeep upkeep() {
		return new SpoolUpkeep(List.of(), Set.of());
	}

	@Override
	public List<SpooledEvent> store(List<UnspooledEvent> events) {
		return events.stream().map((event) -> new SpooledEvent(event.idempotencyKey(), event.recordedAt(), 1)).toList();
	}

	@Override
	public LoadedEvents load(List<SpooledEvent> events) {
		return new LoadedEvents(Map.of(), Set.of());
	}

	@Override
	public void remove(List<SpooledEvent> events) {
	}

	@Override
	public void close() {
	}

}
