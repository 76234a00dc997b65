// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Moves pending events from memory to the spool and back, many at once, because each
 * access may be a round trip to a database. Used by the delivery thread only.
 */
final class SpoolTransfer {

	/** How many events one access to the spool moves at most. */
	static final int BATCH = 32;

	private final EventQueue queue;

	private final EventSpool spool;

	SpoolTransfer(EventQueue queue, EventSpool spool) {
		this.queue = queue;
		this.spool = spool;
	}

	/**
	 * Store those events that are in memory only. Ends when the spool takes none of a
	 * batch, as it would take none of the others either.
	 */
	void store(Collection<PendingEvent> events) {
		List<PendingEvent> batch = new ArrayList<>();
		for (PendingEvent event : events) {
			if (event.event() != null && event.spooled() == null) {
				batch.add(event);
			}
			if (batch.size() == BATCH) {
				if (!storeBatch(batch)) {
					return;
				}
				batch.clear();
			}
		}
		storeBatch(batch);
	}

	/**
	 * Return whether any event was stored.
	 */
	private boolean storeBatch(List<PendingEvent> events) {
		// Events that are stored while the application ends must not be dropped as well
		List<PendingEvent> moving = events.stream().filter((event) -> this.queue.beginMove()).toList();
		if (moving.isEmpty()) {
			return false;
		}
		Map<String, SpooledEvent> stored = new HashMap<>();
		try {
			this.spool.store(moving.stream().map(SpoolTransfer::unspooled).filter(Objects::nonNull).toList())
				.forEach((event) -> stored.put(event.idempotencyKey(), event));
		}
		finally {
			moving.forEach((event) -> endMove(event, stored.get(event.idempotencyKey())));
		}
		return !stored.isEmpty();
	}

	private void endMove(PendingEvent event, @Nullable SpooledEvent spooled) {
		if (spooled != null) {
			event.spooled(spooled);
		}
		this.queue.endMove(spooled != null);
	}

	private static @Nullable UnspooledEvent unspooled(PendingEvent pending) {
		LlmUsageEvent event = pending.event();
		return (event != null) ? new UnspooledEvent(pending.idempotencyKey(), pending.recordedAt(), event) : null;
	}

	/**
	 * Load events into memory.
	 * @param events events that are in the spool only
	 * @return those that are damaged or gone. Others that are not in memory after that
	 * can't be read at present.
	 */
	Set<PendingEvent> load(List<PendingEvent> events) {
		LoadedEvents loaded = this.spool.load(spooled(events));
		for (PendingEvent pending : events) {
			LlmUsageEvent event = loaded.events().get(pending.idempotencyKey());
			if (event != null) {
				pending.loaded(event);
			}
		}
		return events.stream()
			.filter((event) -> loaded.lost().contains(event.idempotencyKey()))
			.collect(Collectors.toSet());
	}

	/**
	 * Remove events from the spool.
	 */
	void remove(Collection<PendingEvent> events) {
		this.spool.remove(spooled(events));
	}

	private static List<SpooledEvent> spooled(Collection<PendingEvent> events) {
		return events.stream().map(PendingEvent::spooled).filter(Objects::nonNull).toList();
	}

}
