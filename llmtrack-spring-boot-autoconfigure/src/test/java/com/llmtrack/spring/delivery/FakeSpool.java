// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * A spool whose failures the test controls. Used by one thread at a time.
 */
class FakeSpool implements EventSpool {

	private final Map<SpooledEvent, LlmUsageEvent> stored = new LinkedHashMap<>();

	private final List<SpooledEvent> left = new ArrayList<>();

	private final List<String> loaded = new ArrayList<>();

	/** Numbers of events of which storing, loading and removing were asked for. */
	final Accesses accesses = new Accesses(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

	/** Idempotency keys of the events that the next upkeep reports as still ours. */
	@Nullable Set<String> kept;

	volatile boolean open;

	volatile int upkeeps;

	Duration upkeepInterval = Duration.ofMinutes(1);

	/** Number of events that there is room for. */
	int room = Integer.MAX_VALUE;

	/** Model of the event that can't be read at present. */
	@Nullable String stuck;

	/** Model of the event that is not stored. */
	@Nullable String refused;

	boolean readable = true;

	/** Runs before events are removed. */
	Runnable onRemove = () -> {
	};

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
	 * Leave an event that is there to who asks next.
	 */
	void leaveAgain(SpooledEvent event) {
		this.left.add(event);
	}

	String keyOf(String model) {
		return this.stored.entrySet()
			.stream()
			.filter((event) -> event.getValue().model().equals(model))
			.map((event) -> event.getKey().idempotencyKey())
			.findFirst()
			.orElseThrow();
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
	 * Return the models of the events that are not left for somebody.
	 */
	List<String> ownModels() {
		return this.stored.entrySet()
			.stream()
			.filter((event) -> !this.left.contains(event.getKey()))
			.map((event) -> event.getValue().model())
			.toList();
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
	public void open() {
		this.open = true;
	}

	@Override
	public Duration upkeepInterval() {
		return this.upkeepInterval;
	}

	@Override
	public SpoolUpkeep upkeep() {
		this.upkeeps++;
		List<SpooledEvent> adopted = List.copyOf(this.left);
		Set<String> kept = this.kept;
		this.left.clear();
		this.kept = null;
		return new SpoolUpkeep(adopted, kept);
	}

	@Override
	public List<SpooledEvent> store(List<UnspooledEvent> events) {
		this.accesses.stored.add(events.size());
		List<SpooledEvent> stored = new ArrayList<>();
		for (UnspooledEvent event : events) {
			if (this.stored.size() < this.room && !event.event().model().equals(this.refused)) {
				SpooledEvent spooled = new SpooledEvent(event.idempotencyKey(), event.recordedAt(), 1);
				this.stored.put(spooled, event.event());
				stored.add(spooled);
			}
		}
		this.onStore.run();
		return stored;
	}

	@Override
	public LoadedEvents load(List<SpooledEvent> events) {
		this.accesses.loaded.add(events.size());
		LoadedEvents loaded = new LoadedEvents(new HashMap<>(), new HashSet<>());
		if (this.readable) {
			events.forEach((event) -> load(event, loaded));
		}
		return loaded;
	}

	private void load(SpooledEvent spooled, LoadedEvents loaded) {
		LlmUsageEvent event = this.stored.get(spooled);
		if (event == null) {
			loaded.lost().add(spooled.idempotencyKey());
		}
		else if (!event.model().equals(this.stuck)) {
			loaded.events().put(spooled.idempotencyKey(), event);
			this.loaded.add(event.model());
		}
	}

	@Override
	public void close() {
		this.onClose.run();
	}

	@Override
	public void remove(List<SpooledEvent> events) {
		this.accesses.removed.add(events.size());
		this.onRemove.run();
		events.forEach(this.stored::remove);
	}

	/**
	 * How often the spool was accessed, and for how many events.
	 */
	record Accesses(List<Integer> stored, List<Integer> loaded, List<Integer> removed) {
	}

}
