// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What LLMtrack's response, or its absence, means for an event.
 */
public sealed interface DeliveryResult {

	/**
	 * Return the problem, in short.
	 * @return the problem, or an empty string if there was none
	 */
	String problem();

	/**
	 * LLMtrack has the event.
	 *
	 * @param duplicate whether it already had it, from an attempt whose response got lost
	 * @param cost what the request cost in US dollars by LLMtrack's price list, or
	 * {@code null} if the response does not say
	 * @param modelUnknown whether the price list lacks the model
	 * @param hidden why the dashboard does not show the event, or {@code null} if it does
	 */
	record Accepted(boolean duplicate, @Nullable BigDecimal cost, boolean modelUnknown,
			@Nullable String hidden) implements DeliveryResult {

		/**
		 * Create a result that says no more than that LLMtrack has the event.
		 * @param duplicate whether it already had it
		 */
		public Accepted(boolean duplicate) {
			this(duplicate, null, false, null);
		}

		@Override
		public String problem() {
			return "";
		}

	}

	/**
	 * The event is invalid; sending it again would not help.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record Rejected(String problem) implements DeliveryResult {
	}

	/**
	 * LLMtrack refuses the key; the event may be valid.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record KeyRefused(String problem) implements DeliveryResult {
	}

	/**
	 * The plan's quota is used up, or the plan is not active.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record PlanExhausted(String problem) implements DeliveryResult {
	}

	/**
	 * There was no response, or LLMtrack can't accept the event right now.
	 *
	 * @param problem what happened, in short
	 * @param retryAfter how long LLMtrack asked to wait, or {@code null} if it did not
	 */
	record Unavailable(String problem, @Nullable Duration retryAfter) implements DeliveryResult {
	}

	/**
	 * Something that is not LLMtrack's ingest endpoint answered: the base URL is wrong,
	 * or there is a proxy or captive portal in between.
	 *
	 * @param problem what it said, in short
	 */
	record Misdirected(String problem) implements DeliveryResult {
	}

}
