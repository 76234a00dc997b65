// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * A spool whose failures the test controls. Used by one thread at a time.
 */
final class FakeSpool implements EventSpool {

	private final Map<SpooledEvent, LlmUsageEvent> stored = new LinkedHashMap<>();

	private final List<SpooledEvent> left = new ArrayList<>();

	private final List<String> loaded = new ArrayList<>();

	/** Number of events that there is room for. */
	int room = Integer.MAX_VALUE;

	/** Model of the event that can't be read at present. */
	@Nullable String stuck;

	/** Runs after an event was written, before the backlog hears of it. */
	Runnable onStore = () -> {
	};

	/** Runs when the spool is closed. */
	Runnable onClose = () -> {
	};

	/**
	 * Leave an event that is adopted by the next who asks.
	 */
	SpooledEvent leave(LlmUsageEvent event) {
		SpooledEvent spooled = new SpooledEvent(UUID.randomUUID().toString(), Instant.EPOCH, 1);
		this.stored.put(spooled, event);
		this.left.add(spooled);
		return spooled;
	}

	/**
	 * Let a file vanish.
	 */
	void lose(SpooledEvent event) {
		this.stored.remove(event);
	}

	List<String> models() {
		return this.stored.values().stream().map(LlmUsageEvent::model).toList();
	}

	/**
	 * Return the models of the events that were read.
	 */
	List<String> loaded() {
		return this.loaded;
	}

	int size() {
		return this.stored.size();
	}

	@Override
	public List<SpooledEvent> adopt() {
		List<SpooledEvent> adopted = List.copyOf(this.left);
		this.left.clear();
		return adopted;
	}

	@Override
	public @Nullable SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
		if (this.stored.size() >= this.room) {
			return null;
		}
		SpooledEvent spooled = new SpooledEvent(idempotencyKey, recordedAt, 1);
		this.stored.put(spooled, event);
		this.onStore.run();
		return spooled;
	}

	@Override
	public @Nullable LlmUsageEvent load(SpooledEvent spooled) {
		LlmUsageEvent event = this.stored.get(spooled);
		if (event != null && event.model().equals(this.stuck)) {
			throw new UncheckedIOException(new IOException("Stuck"));
		}
		if (event != null) {
			this.loaded.add(event.model());
		}
		return event;
	}

	@Override
	public void close() {
		this.onClose.run();
	}

	@Override
	public void remove(SpooledEvent event) {
		this.stored.remove(event);
	}

}
