// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

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
	 * Return the state of delivery after this result. A single rejection leaves delivery
	 * active; many in a row are {@link DeliveryGate}'s matter.
	 * @return the state
	 */
	DeliveryState state();

	/**
	 * Return whether the event may be the cause of the result, as with a firewall that
	 * mistakes its content for an attack.
	 * @return {@code false} if the result would be the same for every event
	 */
	default boolean mayBeCausedByEvent() {
		return true;
	}

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

		@Override
		public DeliveryState state() {
			return DeliveryState.ACTIVE;
		}

	}

	/**
	 * The event is invalid; sending it again would not help.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record Rejected(String problem) implements DeliveryResult {

		@Override
		public DeliveryState state() {
			return DeliveryState.ACTIVE;
		}

	}

	/**
	 * LLMtrack refuses the key; the event may be valid.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record KeyRefused(String problem) implements DeliveryResult {

		@Override
		public DeliveryState state() {
			return DeliveryState.KEY_REFUSED;
		}

	}

	/**
	 * The plan's quota is used up, or the plan is not active.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record PlanExhausted(String problem) implements DeliveryResult {

		@Override
		public DeliveryState state() {
			return DeliveryState.PLAN_EXHAUSTED;
		}

		@Override
		public boolean mayBeCausedByEvent() {
			return false;
		}

	}

	/**
	 * There was no response, or LLMtrack can't accept the event right now.
	 *
	 * @param problem what happened, in short
	 * @param retryAfter how long LLMtrack asked to wait, or {@code null} if it did not
	 */
	record Unavailable(String problem, @Nullable Duration retryAfter) implements DeliveryResult {

		@Override
		public DeliveryState state() {
			return DeliveryState.WAITING;
		}

		@Override
		public boolean mayBeCausedByEvent() {
			return this.retryAfter == null;
		}

	}

	/**
	 * No event can be sent as long as the application runs.
	 *
	 * @param problem what is missing, as a clause
	 */
	record Impossible(String problem) implements DeliveryResult {

		/**
		 * Create a result for a library that can't be linked, or whose parts do not fit
		 * together.
		 * @param failure what the JVM said, which is a name
		 * @return the result
		 */
		public static Impossible of(LinkageError failure) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
			String message = String.valueOf(cause.getMessage());
			boolean missing = cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError;
			return new Impossible(
					(missing && message.indexOf(' ') == -1) ? "class " + message.replace('/', '.') + " is missing"
							: "libraries on the class path do not fit together (" + cause.getClass().getSimpleName()
									+ ": " + message + ")");
		}

		@Override
		public DeliveryState state() {
			return DeliveryState.OFF;
		}

		@Override
		public boolean mayBeCausedByEvent() {
			return false;
		}

	}

	/**
	 * Something that is not LLMtrack's ingest endpoint answered: the base URL is wrong,
	 * or there is a proxy or captive portal in between.
	 *
	 * @param problem what it said, in short
	 */
	record Misdirected(String problem) implements DeliveryResult {

		@Override
		public DeliveryState state() {
			return DeliveryState.MISDIRECTED;
		}

	}

}
