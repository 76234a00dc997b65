// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;

import org.springframework.util.StringUtils;

/**
 * Whether delivery sends, waits or pauses. In all states but {@link #ACTIVE} a single
 * event is sent now and then, to detect when delivery can continue.
 */
public enum DeliveryState {

	/**
	 * Events are sent as they come.
	 */
	ACTIVE(Duration.ZERO, Duration.ZERO, "LLMtrack takes events", ""),

	/**
	 * LLMtrack can't be reached or has asked to wait.
	 */
	WAITING(Duration.ofMillis(500), Duration.ofMinutes(1), "LLMtrack can't take events right now",
			"if it lasts, check the network, a proxy, and llmtrack.base-url."),

	/**
	 * LLMtrack refuses the key.
	 */
	KEY_REFUSED(Duration.ofSeconds(30), Duration.ofMinutes(15), "LLMtrack refuses the key",
			"check in your LLMtrack dashboard that the key in llmtrack.api-key is active, or create a new one and "
					+ "restart with it."),

	/**
	 * The plan's quota is used up.
	 */
	PLAN_EXHAUSTED(Duration.ofMinutes(5), Duration.ofMinutes(60), "LLMtrack's plan limit is reached",
			"upgrade the plan in your LLMtrack dashboard, or wait for the next period."),

	/**
	 * Something other than LLMtrack answers.
	 */
	MISDIRECTED(Duration.ofSeconds(30), Duration.ofMinutes(15), "Something that is not LLMtrack answers",
			"check llmtrack.base-url, and any proxy or portal in between."),

	/**
	 * LLMtrack rejects one event after the other, so that the events can't be the cause.
	 */
	REJECTING(Duration.ofSeconds(30), Duration.ofMinutes(15), "LLMtrack rejects one event after the other",
			"check llmtrack.base-url, and whether there is a newer version of llmtrack-spring-boot-starter."),

	/**
	 * Nothing is recorded and sent before the application is started anew. The latest
	 * problem says why.
	 */
	OFF(Duration.ZERO, Duration.ZERO, "LLMtrack is off", "");

	private final Duration firstDelay;

	private final Duration maxDelay;

	private final String summary;

	private final String advice;

	DeliveryState(Duration firstDelay, Duration maxDelay, String summary, String advice) {
		this.firstDelay = firstDelay;
		this.maxDelay = maxDelay;
		this.summary = summary;
		this.advice = advice;
	}

	/**
	 * Return what the state means, in plain words.
	 * @return a sentence without a full stop
	 */
	public String getSummary() {
		return this.summary;
	}

	/**
	 * Return what delivery does in this state, and what the operator can do.
	 * @return whole sentences, empty if there is nothing to do
	 */
	public String getRemedy() {
		return switch (this) {
			case ACTIVE, OFF -> "";
			case WAITING -> "Retrying with back-off; " + this.advice;
			default -> "Sending is paused and tried again now and then; " + this.advice;
		};
	}

	/**
	 * Return what the operator can do, for use outside of this state.
	 * @return whole sentences, empty if there is nothing to do
	 */
	public String getAdvice() {
		return StringUtils.capitalize(this.advice);
	}

	/**
	 * Return how long to wait in this state after a number of failures in a row: twice as
	 * long after each, up to a maximum.
	 */
	Duration delayAfter(int failures) {
		Duration delay = this.firstDelay;
		for (int i = 1; i < failures && delay.compareTo(this.maxDelay) < 0; i++) {
			delay = delay.multipliedBy(2);
		}
		return (delay.compareTo(this.maxDelay) < 0) ? delay : this.maxDelay;
	}

}
