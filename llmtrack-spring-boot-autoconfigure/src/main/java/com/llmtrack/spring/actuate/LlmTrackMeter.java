// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters of LLMtrack.
 */
public enum LlmTrackMeter implements MeterDocumentation {

	/**
	 * Model requests and how long they took.
	 */
	REQUESTS("llmtrack.requests", Meter.Type.TIMER, "seconds", "Model requests, and how long they took", Key.FEATURE,
			Key.MODEL, Key.PROVIDER, Key.STATUS),

	/**
	 * Time to the first token of streams.
	 */
	FIRST_TOKEN("llmtrack.time.to.first.token", Meter.Type.TIMER, "seconds",
			"Time from a request to the first chunk of its stream", Key.FEATURE, Key.MODEL, Key.PROVIDER, Key.STATUS),

	/**
	 * Tokens of model requests.
	 */
	TOKENS("llmtrack.tokens", Meter.Type.COUNTER, "tokens",
			"Tokens that model requests used, as far as providers reported them", Key.FEATURE, Key.MODEL, Key.PROVIDER,
			Key.STATUS, Key.KIND),

	/**
	 * Costs of model requests.
	 */
	COST("llmtrack.cost", Meter.Type.COUNTER, "usd", "What requests cost in US dollars by LLMtrack's price list",
			Key.FEATURE, Key.MODEL, Key.PROVIDER),

	/**
	 * Events by what became of them.
	 */
	EVENTS("llmtrack.events", Meter.Type.COUNTER, "events",
			"Events by what became of them; for those that were dropped, why", Key.OUTCOME, Key.REASON),

	/**
	 * Attempts that failed and are repeated.
	 */
	RETRIES("llmtrack.delivery.retries", Meter.Type.COUNTER, "retries",
			"Attempts to deliver an event that have to be repeated"),

	/**
	 * Time from recording to delivery.
	 */
	DELIVERY("llmtrack.delivery", Meter.Type.TIMER, "seconds",
			"Time from when an event is recorded until LLMtrack has it"),

	/**
	 * State of delivery.
	 */
	STATE("llmtrack.delivery.state", Meter.Type.GAUGE, "", "State of delivery: 1 for the one that it is in, else 0",
			Key.STATE),

	/**
	 * Events in flight.
	 */
	IN_FLIGHT("llmtrack.delivery.in.flight", Meter.Type.GAUGE, "events", "Events that are under way"),

	/**
	 * Pending events in memory.
	 */
	QUEUE_SIZE("llmtrack.queue.size", Meter.Type.GAUGE, "events", "Pending events that are in memory only"),

	/**
	 * Maximum number of pending events in memory.
	 */
	QUEUE_CAPACITY("llmtrack.queue.capacity", Meter.Type.GAUGE, "events", "Pending events that memory takes at most"),

	/**
	 * Pending events in the spool.
	 */
	SPOOL_SIZE("llmtrack.spool.size", Meter.Type.GAUGE, "events", "Pending events that are in the spool"),

	/**
	 * Maximum number of pending events in the spool.
	 */
	SPOOL_CAPACITY("llmtrack.spool.capacity", Meter.Type.GAUGE, "events",
			"Pending events that the spool takes at most; 0 if there is no spool"),

	/**
	 * Age of the oldest pending event.
	 */
	OLDEST_PENDING("llmtrack.pending.age", Meter.Type.GAUGE, "seconds",
			"Age of the oldest pending event; 0 if there is none"),

	/**
	 * What was spent of budgets.
	 */
	BUDGET_SPENT("llmtrack.budget.spent", Meter.Type.GAUGE, "",
			"What was spent of a budget in its present period, or of its fullest account", Key.BUDGET, Key.UNIT),

	/**
	 * Limits of budgets.
	 */
	BUDGET_LIMIT("llmtrack.budget.limit", Meter.Type.GAUGE, "", "Limit of a budget", Key.BUDGET, Key.UNIT),

	/**
	 * Shares of budgets that were spent.
	 */
	BUDGET_SHARE("llmtrack.budget.share", Meter.Type.GAUGE, "",
			"Share of its limit that was spent of a budget, or of its fullest account; 1 is the limit", Key.BUDGET,
			Key.UNIT),

	/**
	 * Requests that budgets refused.
	 */
	BUDGET_REFUSED("llmtrack.budget.refused", Meter.Type.COUNTER, "requests", "Requests that a budget refused",
			Key.BUDGET);

	private final String name;

	private final Meter.Type type;

	private final String unit;

	private final String description;

	private final KeyName[] keys;

	LlmTrackMeter(String name, Meter.Type type, String unit, String description, KeyName... keys) {
		this.name = name;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.keys = keys;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	/**
	 * Return the base unit.
	 * @return the unit, empty if there is none
	 */
	@Override
	public String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keys.clone();
	}

	/**
	 * Return the description that the meter is registered with.
	 * @return the description
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * Return the unit as builders of meters want it.
	 */
	@Nullable String unit() {
		return this.unit.isEmpty() ? null : this.unit;
	}

	/**
	 * Keys of tags.
	 */
	enum Key implements KeyName {

		FEATURE, MODEL, PROVIDER, STATUS, KIND, OUTCOME, REASON, STATE, BUDGET, UNIT;

		@Override
		public String asString() {
			return TagValues.of(this);
		}

		Tag of(String value) {
			return Tag.of(asString(), value);
		}

	}

}
