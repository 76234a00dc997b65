// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Describes events in failure messages.
 */
final class EventText extends StandardRepresentation {

	static final EventText INSTANCE = new EventText();

	private EventText() {
	}

	@Override
	protected String fallbackToStringOf(Object object) {
		return (object instanceof LlmUsageEvent event) ? of(event) : super.fallbackToStringOf(object);
	}

	/**
	 * Return one line per event.
	 */
	static String of(List<LlmUsageEvent> events) {
		return events.isEmpty() ? "  (none)"
				: events.stream().map((event) -> "  - " + of(event)).collect(Collectors.joining("%n".formatted()));
	}

	static String of(LlmUsageEvent event) {
		LlmTokenUsage tokens = event.tokens();
		Duration latency = event.latency();
		LlmCustomer customer = event.customer();
		return "%s: %s %s, %s + %s = %s tokens, %s ms, %s%s".formatted(
				(event.feature() != null) ? event.feature() : "(no feature)", event.provider(), event.model(),
				number(tokens.prompt()), number(tokens.completion()), number(tokens.total()),
				number((latency != null) ? latency.toMillis() : null), event.status(),
				(customer != null) ? ", customer " + customer.id() : "");
	}

	private static String number(@Nullable Long number) {
		return (number != null) ? number.toString() : "?";
	}

}
