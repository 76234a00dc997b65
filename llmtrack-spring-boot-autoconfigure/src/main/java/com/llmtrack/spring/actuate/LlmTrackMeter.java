// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.List;

/**
 * The meters that there are.
 *
 * @since 0.1.0
 */
public enum LlmTrackMeter {

	/**
	 * Model requests and how long they took.
	 */
	REQUESTS("llmtrack.requests", "timer", "seconds", "Model requests, and how long they took",
			List.of("feature", "model", "provider", "status")),

	/**
	 * Tokens of model requests.
	 */
	TOKENS("llmtrack.tokens", "counter", "tokens", "Tokens that model requests used, as far as providers reported them",
			List.of("feature", "model", "provider", "status", "kind")),

	/**
	 * Costs of model requests.
	 */
	COST("llmtrack.cost", "counter", "usd", "What requests cost in US dollars by LLMtrack's price list",
			List.of("feature", "model", "provider")),

	/**
	 * Events by what became of them.
	 */
	EVENTS("llmtrack.events", "counter", "events", "Events by what became of them; for those that were dropped, why",
			List.of("outcome", "reason")),

	/**
	 * Attempts that failed and are repeated.
	 */
	RETRIES("llmtrack.delivery.retries", "counter", "retries", "Attempts to deliver an event that have to be repeated",
			List.of()),

	/**
	 * Time from recording to delivery.
	 */
	DELIVERY("llmtrack.delivery", "timer", "seconds", "Time from when an event is recorded until LLMtrack has it",
			List.of()),

	/**
	 * State of delivery.
	 */
	STATE("llmtrack.delivery.state", "gauge", "", "State of delivery: 1 for the one that it is in, else 0",
			List.of("state")),

	/**
	 * Events under way.
	 */
	IN_FLIGHT("llmtrack.delivery.in.flight", "gauge", "events", "Events that are under way", List.of()),

	/**
	 * Pending events.
	 */
	QUEUE_SIZE("llmtrack.queue.size", "gauge", "events", "Pending events that are in memory only", List.of()),

	/**
	 * Bound of pending events.
	 */
	QUEUE_CAPACITY("llmtrack.queue.capacity", "gauge", "events", "Pending events that memory takes at most", List.of()),

	/**
	 * Pending events in the spool.
	 */
	SPOOL_SIZE("llmtrack.spool.size", "gauge", "events", "Pending events that are in the spool", List.of()),

	/**
	 * Age of the oldest pending event.
	 */
	OLDEST_PENDING("llmtrack.pending.age", "gauge", "seconds", "Age of the oldest pending event; 0 if there is none",
			List.of());

	private final String name;

	private final String type;

	private final String unit;

	private final String description;

	private final List<String> tags;

	LlmTrackMeter(String name, String type, String unit, String description, List<String> tags) {
		this.name = name;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.tags = tags;
	}

	/**
	 * Return the name.
	 * @return the name of the meter
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Return the type.
	 * @return counter, gauge or timer
	 */
	public String getType() {
		return this.type;
	}

	/**
	 * Return the unit.
	 * @return the base unit, empty if there is none
	 */
	public String getUnit() {
		return this.unit;
	}

	/**
	 * Return what is measured.
	 * @return the description
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * Return the keys of the tags.
	 * @return the keys, empty if there is but one meter
	 */
	public List<String> getTags() {
		return this.tags;
	}

}
