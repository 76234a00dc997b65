// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.AccountStore;
import com.llmtrack.spring.budget.BudgetSettings;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.DeliveryListener;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventDispatcher;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Creates the budgets that {@link LlmTrackProperties} describe. What an application
 * without budgets does not need is neither bound nor registered.
 */
final class ApplicationBudgets {

	/** The name of the singleton that there is if there are budgets. */
	static final String LIFECYCLE = "llmtrackBudgetLifecycle";

	/** Has the dispatcher, which may be that of a parent, forget the budgets. */
	static final String CORRECTIONS = "llmtrackBudgetCorrections";

	private ApplicationBudgets() {
	}

	/**
	 * Create the budgets, which are none where nothing is recorded.
	 * @param context the application
	 * @param activation whether requests are recorded
	 * @param properties describe the budgets
	 * @param dispatcher delivers events. A provider, as it is to be destroyed first
	 * @param publisher publishes application events
	 */
	static Budgets create(OwnContext context, Activation activation, LlmTrackProperties properties,
			ObjectProvider<EventDispatcher> dispatcher, ApplicationEventPublisher publisher) {
		if (properties.enabled()) {
			UnboundBudgets.check(context.environment());
		}
		if (properties.budgets().isEmpty() || !activation.isRecording()) {
			return Budgets.none();
		}
		BudgetSharing sharing = BudgetSharing.in(context.environment());
		List<BudgetSettings> settings = ConfiguredBudgets.settings(properties.budgets(), sharing.zone());
		if (settings.isEmpty()) {
			return Budgets.none();
		}
		AccountStore store = BudgetStores.create(sharing, properties.spool(), context.beanFactory(),
				context.environment());
		Budgets budgets = Budgets.create(settings,
				PriceLists.create(properties.pricingList(), context.beanFactory().getBeanClassLoader()),
				activation.isDelivering(), store, sharing.storeTimeout(), publisher::publishEvent);
		context.beanFactory()
			.registerSingleton(LIFECYCLE, new BudgetLifecycle(budgets,
					() -> new UnmatchedBudgets(context.beanFactory(), properties).warn(settings)));
		if (activation.isDelivering()) {
			dispatcher.ifAvailable((present) -> correct(context, budgets, present));
		}
		return budgets;
	}

	private static void correct(OwnContext context, Budgets budgets, EventDispatcher dispatcher) {
		Corrections corrections = new Corrections(budgets);
		dispatcher.addListener(corrections);
		if (context.beanFactory() instanceof DefaultSingletonBeanRegistry singletons) {
			singletons.registerDisposableBean(CORRECTIONS, () -> dispatcher.removeListener(corrections));
		}
	}

	/**
	 * Corrects the cost of events by what LLMtrack says.
	 */
	private record Corrections(Budgets budgets) implements DeliveryListener {

		/**
		 * Of an event that LLMtrack had already, it doesn't say again what it costs.
		 */
		@Override
		public void delivered(LlmUsageEvent event, DeliveryResult.Accepted answer, Duration age) {
			if (!answer.duplicate()) {
				this.budgets.correct(event, answer.modelUnknown() ? null : answer.cost(), age);
			}
		}

	}

}
