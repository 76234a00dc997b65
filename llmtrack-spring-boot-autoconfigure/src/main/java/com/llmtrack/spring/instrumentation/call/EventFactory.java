// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.math.BigDecimal;
import java.util.Locale;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.instrumentation.usage.RequestedModel;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes the event of a finished call: names things as the application wants them named
 * and leaves out what is unknown.
 */
final class EventFactory {

	private final EventSettings settings;

	private final EventContributors contributors;

	private final ContributorFailures failures;

	/** What all events have in common. */
	private final LlmUsageEvent template;

	/**
	 * Create a factory.
	 * @param settings what events have to look like
	 * @param contributors the application's beans that have a say in it
	 * @param failures takes what these throw
	 */
	EventFactory(EventSettings settings, EventContributors contributors, ContributorFailures failures) {
		this.settings = settings;
		this.contributors = contributors;
		this.failures = failures;
		this.template = LlmUsageEvent.builder()
			.environment(settings.environment())
			.metadata(settings.metadata())
			.build();
	}

	/**
	 * Return the event of a call, or {@code null} if the application wants none.
	 */
	@Nullable LlmUsageEvent event(ModelCall call) {
		LlmUsageEvent event = withCost(measured(call), call.maker());
		for (LlmUsageEventCustomizer customizer : this.contributors.customizers()) {
			if (event != null) {
				event = customized(event, customizer, call.maker());
			}
		}
		return event;
	}

	private LlmUsageEvent withCost(LlmUsageEvent event, @Nullable ContributorCall maker) {
		LlmCostCalculator costs = this.contributors.costs();
		if (costs == null) {
			return event;
		}
		try {
			BigDecimal cost = ContributorCall.call(costs, maker, null, () -> costs.calculate(event));
			return (cost != null) ? event.toBuilder().cost(cost).build() : event;
		}
		catch (Throwable ex) {
			this.failures.contain(costs, ex, "The event goes without a cost");
			return event;
		}
	}

	private @Nullable LlmUsageEvent customized(LlmUsageEvent event, LlmUsageEventCustomizer customizer,
			@Nullable ContributorCall maker) {
		try {
			return ContributorCall.call(customizer, maker, event, () -> customizer.customize(event));
		}
		catch (Throwable ex) {
			this.failures.contain(customizer, ex, "The event stays as it was before");
			return event;
		}
	}

	private LlmUsageEvent measured(ModelCall call) {
		return this.template.toBuilder()
			.provider(provider(call.model()))
			.model(model(call))
			.latency(call.latency())
			.status(call.status())
			.feature(StringUtils.hasText(call.feature()) ? call.feature() : this.settings.feature())
			.tokens(call.usage())
			.customer(call.customer())
			.build();
	}

	private String provider(CalledModel model) {
		String configured = (model.name() != null) ? configuredProvider(model.name()) : null;
		String provider = (configured != null) ? configured : model.provider();
		return this.settings.providerAliases().getOrDefault(provider, provider);
	}

	/**
	 * Of a name in an environment variable, Boot leaves lower-case letters and digits.
	 */
	private @Nullable String configuredProvider(String beanName) {
		if (this.settings.providers().isEmpty()) {
			return null;
		}
		String configured = this.settings.providers().get(beanName);
		return (configured != null) ? configured
				: this.settings.providers().get(beanName.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT));
	}

	private @Nullable String model(ModelCall call) {
		String model = unaliasedModel(call);
		return (model != null) ? this.settings.modelAliases().getOrDefault(model, model) : null;
	}

	private @Nullable String unaliasedModel(ModelCall call) {
		String answering = call.answeringModel();
		if (answering != null && this.settings.modelName() == ModelNameSource.RESPONSE) {
			return answering;
		}
		String requested = requestedModel(call);
		return (requested != null) ? requested : answering;
	}

	private static @Nullable String requestedModel(ModelCall call) {
		try {
			return RequestedModel.of(call.request(), call.model().target());
		}
		catch (Throwable ex) {
			// The options are the application's code: without them the event is still
			// true
			return null;
		}
	}

}
