/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an answer, or its absence, means for an event.
 *
 * @since 0.1.0
 */
public sealed interface Answer {

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
			@Nullable String hidden) implements Answer {

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
	record Rejected(String problem) implements Answer {
	}

	/**
	 * The key is at fault, not the event.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record KeyRefused(String problem) implements Answer {
	}

	/**
	 * The plan's quota is used up, or the plan is not active.
	 *
	 * @param problem what LLMtrack said, in short
	 */
	record PlanExhausted(String problem) implements Answer {
	}

	/**
	 * Nobody answered, or LLMtrack can't take the event right now.
	 *
	 * @param problem what happened, in short
	 * @param retryAfter how long LLMtrack asked to wait, or {@code null} if it didn't
	 */
	record Unavailable(String problem, @Nullable Duration retryAfter) implements Answer {
	}

	/**
	 * Something that is not LLMtrack's ingest endpoint answered: the base URL is wrong,
	 * or there is a proxy or captive portal in between.
	 *
	 * @param problem what it said, in short
	 */
	record Misdirected(String problem) implements Answer {
	}

}
