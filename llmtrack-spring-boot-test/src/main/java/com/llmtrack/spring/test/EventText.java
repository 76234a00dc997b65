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

package com.llmtrack.spring.test;

import java.util.List;
import java.util.stream.Collectors;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * What failure messages say of events.
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
		LlmTokenUsage tokens = event.getTokens();
		LlmCustomer customer = event.getCustomer();
		return "%s: %s %s, %s + %s = %s tokens, %d ms, %s%s".formatted(
				(event.getFeature() != null) ? event.getFeature() : "(no feature)", event.getProvider(),
				event.getModel(), number(tokens.prompt()), number(tokens.completion()), number(tokens.total()),
				event.getLatency().toMillis(), event.getStatus(),
				(customer != null) ? ", customer " + customer.id() : "");
	}

	private static String number(@Nullable Long tokens) {
		return (tokens != null) ? tokens.toString() : "?";
	}

}
