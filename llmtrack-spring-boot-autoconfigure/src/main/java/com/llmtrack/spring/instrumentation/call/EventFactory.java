// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import com.llmtrack.spring.InvalidUsageEventException;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventBuilder;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the event of a request that has ended: applies the application's settings and
 * beans, and leaves out what is unknown. Runs the application's cost calculator and
 * customizers on the thread on which the request ended, for as long as they take; what
 * they throw is contained, and a customizer may discard the event.
 */
final class EventFactory {

	private final EventSettings settings;

	private final EventNames names;

	private final ApplicationBeans beans;

	private final ContainedFailures failures;

	/** The common part of all events. */
	private final LlmUsageEvent template;

	/**
	 * Create a factory.
	 * @param beans the application's settings and beans
	 * @param failures contains the failures of these beans
	 */
	EventFactory(ApplicationBeans beans, ContainedFailures failures) {
		this.beans = beans;
		this.failures = failures;
		this.settings = beans.eventSettings();
		this.names = beans.eventNames();
		this.template = LlmUsageEvent.builder()
			.environment(this.settings.environment())
			.metadata(this.settings.metadata())
			.build();
	}

	/**
	 * Return the event of a request, or {@code null} if the application wants none.
	 */
	@Nullable LlmUsageEvent event(EndedRequest request) {
		LlmUsageEvent event = withCost(recorded(request), request.origin());
		for (LlmUsageEventCustomizer customizer : this.beans.customizers()) {
			if (event != null) {
				event = customized(event, customizer, request.origin());
			}
		}
		return event;
	}

	private LlmUsageEvent withCost(LlmUsageEvent event, @Nullable ContributorCall origin) {
		LlmCostCalculator costs = this.beans.costCalculator();
		if (costs == null) {
			return event;
		}
		try {
			BigDecimal cost = ContributorCall.call(costs, origin, null, () -> costs.calculate(event));
			return (cost != null) ? event.toBuilder().cost(cost).build() : event;
		}
		catch (Throwable ex) {
			this.failures.contain(costs, ex, "The event goes without a cost");
			return event;
		}
	}

	private @Nullable LlmUsageEvent customized(LlmUsageEvent event, LlmUsageEventCustomizer customizer,
			@Nullable ContributorCall origin) {
		try {
			return ContributorCall.call(customizer, origin, event, () -> customizer.customize(event));
		}
		catch (Throwable ex) {
			this.failures.contain(customizer, ex, "The event stays as it was before");
			return event;
		}
	}

	private LlmUsageEvent recorded(EndedRequest request) {
		LlmContext context = request.context();
		LlmUsageEventBuilder builder = this.template.toBuilder()
			.provider(this.names.provider(request.model()))
			.model(this.names.model(request.requestedModel(), request.answeringModel()))
			.feature(this.names.feature(context))
			.customer(context.customer());
		request.describe(builder);
		LlmUsageEvent event = builder.build();
		Map<String, Object> own = new LinkedHashMap<>();
		this.settings.included().forEach((entry) -> entry.putInto(own, request, event));
		own.putAll(request.metadata());
		return own.isEmpty() ? event : withMetadata(event, own, request);
	}

	/**
	 * Return the event with the metadata of the application and of the request, unless
	 * they are too large together.
	 */
	private LlmUsageEvent withMetadata(LlmUsageEvent event, Map<String, Object> own, EndedRequest request) {
		Map<String, Object> metadata = new LinkedHashMap<>(this.settings.metadata());
		metadata.putAll(own);
		try {
			return event.toBuilder().metadata(metadata).build();
		}
		catch (InvalidUsageEventException ex) {
			this.failures.contain(request, ex, "The event goes without the metadata of its own");
			return event;
		}
	}

}
