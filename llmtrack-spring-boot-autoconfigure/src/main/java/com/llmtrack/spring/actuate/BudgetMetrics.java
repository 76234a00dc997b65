// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.function.ToDoubleFunction;

import com.llmtrack.spring.actuate.LlmTrackMeter.Key;
import com.llmtrack.spring.budget.BudgetStatus;
import com.llmtrack.spring.budget.Budgets;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Meters budgets. Where each customer or feature has an account, the fullest one stands
 * for its budget, as there may be too many for tags.
 */
final class BudgetMetrics {

	private BudgetMetrics() {
	}

	static void bind(Budgets budgets, MeterRegistry registry) {
		for (BudgetStatus budget : budgets.status()) {
			String name = budget.settings().name();
			Tags tags = Tags.of(Key.BUDGET.of(name), Key.UNIT.of(TagValues.of(budget.settings().unit())));
			gauge(registry, LlmTrackMeter.BUDGET_SPENT, budgets, tags,
					(all) -> value(all, name, (status) -> status.account().spent().doubleValue()));
			gauge(registry, LlmTrackMeter.BUDGET_LIMIT, budgets, tags,
					(all) -> value(all, name, (status) -> status.account().limit().doubleValue()));
			gauge(registry, LlmTrackMeter.BUDGET_SHARE, budgets, tags,
					(all) -> value(all, name, (status) -> status.account().share()));
			FunctionCounter
				.builder(LlmTrackMeter.BUDGET_REFUSED.getName(), budgets,
						(all) -> value(all, name, BudgetStatus::refused))
				.description(LlmTrackMeter.BUDGET_REFUSED.getDescription())
				.baseUnit(LlmTrackMeter.BUDGET_REFUSED.unit())
				.tags(Tags.of(Key.BUDGET.of(name)))
				.register(registry);
		}
	}

	private static void gauge(MeterRegistry registry, LlmTrackMeter meter, Budgets budgets, Tags tags,
			ToDoubleFunction<Budgets> value) {
		Gauge.builder(meter.getName(), budgets, value)
			.description(meter.getDescription())
			.baseUnit(meter.unit())
			.tags(tags)
			.register(registry);
	}

	private static double value(Budgets budgets, String name, ToDoubleFunction<BudgetStatus> value) {
		BudgetStatus status = budgets.status(name);
		return (status != null) ? value.applyAsDouble(status) : Double.NaN;
	}

}
