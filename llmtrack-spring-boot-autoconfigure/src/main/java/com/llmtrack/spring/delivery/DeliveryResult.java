// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an answer, or its absence, means for an event.
 *
 * @since 0.1.0
 */
public sealed interface DeliveryResult {

	/**
	 * Return what was wrong, in short.
	 * @return the problem, or an empty string if there was none
	 */
	String problem();

	/**
	 * LLMtrack has the event.
	 *
	 * @param duplicate whether it had it already, from an attempt whose answer got lost
	 * @param cost what the request cost in US dollars by LLMtrack's price list, or
	 * {@code null} if it didn't say
	 * @param modelUnknown whether the price list lacks the model
	 * @param hidden why the dashboard doesn't show the event, or {@code null} if it does
	 */
	record Accepted(boolean duplicate, @Nullable BigDecimal cost, boolean modelUnknown,
			@Nullable String hidden) implements DeliveryResult {

		/**
		 * Create an answer that says nothing but that LLMtrack has the event.
		 * @param duplicate whether it had it already
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
	 * The event is at fault; sending it again would not help.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record Rejected(String problem) implements DeliveryResult {
	}

	/**
	 * The key is at fault, not the event.
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
	 * Nobody answered, or LLMtrack can't take the event right now.
	 *
	 * @param problem what happened, in short
	 * @param retryAfter how long LLMtrack asked to wait, or {@code null} if it didn't
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
