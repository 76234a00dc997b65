// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A spool that stores nothing: pending events live in memory only.
 */
final class NoSpool implements EventSpool {

	@Override
	public void open() {
	}

	@Override
	public Duration upkeepInterval() {
		return Duration.ofMinutes(1);
	}

	@Override
	public SpoolUpkeep upkeep() {
		return SpoolUpkeep.NONE;
	}

	@Override
	public List<SpooledEvent> store(List<UnspooledEvent> events) {
		return List.of();
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
