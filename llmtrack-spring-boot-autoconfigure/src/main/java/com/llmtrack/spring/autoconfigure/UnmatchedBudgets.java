// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.budget.BudgetSettings;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import com.llmtrack.spring.instrumentation.feature.FeaturePostProcessor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.PatternMatchUtils;
import org.springframework.util.StringUtils;

/**
 * Warns of budgets in which no request will ever count, as far as the application tells
 * when it is ready: code may still name features and customers.
 */
final class UnmatchedBudgets {

	private static final Log logger = LogFactory.getLog(UnmatchedBudgets.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final LlmTrackProperties properties;

	UnmatchedBudgets(ConfigurableListableBeanFactory beanFactory, LlmTrackProperties properties) {
		this.beanFactory = beanFactory;
		this.properties = properties;
	}

	void warn(Collection<BudgetSettings> budgets) {
		for (BudgetSettings budget : budgets) {
			warnOfFeature(budget);
			warnOfCustomer(budget);
		}
	}

	private void warnOfFeature(BudgetSettings budget) {
		String filter = budget.feature();
		if (filter != null && features().noneMatch((name) -> matches(filter, name))) {
			logger.warn("Budget '" + budget.name() + "' counts requests of the feature '" + filter
					+ "', which neither an @LlmFeature nor llmtrack.default-feature names. Unless code names it with "
					+ "LlmContext, correct " + property(budget, "feature") + ".");
		}
	}

	private static boolean matches(String filter, String name) {
		return PatternMatchUtils.simpleMatch(filter.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
	}

	private Stream<String> features() {
		String defaultFeature = this.properties.defaultFeature();
		return Stream.concat(processors().flatMap((processor) -> processor.features().stream()),
				StringUtils.hasText(defaultFeature) ? Stream.of(defaultFeature.strip()) : Stream.empty());
	}

	private void warnOfCustomer(BudgetSettings budget) {
		boolean needed = budget.per() == Owner.CUSTOMER || budget.customer() != null;
		if (needed && !hasCustomers()) {
			logger.warn("Budget '" + budget.name() + "' counts requests of customers only, and nothing says who that "
					+ "is. Unless code names customers with LlmContext, set llmtrack.customer.from, define an "
					+ "LlmCustomerResolver, or remove "
					+ property(budget, (budget.per() == Owner.CUSTOMER) ? "per" : "customer") + ".");
		}
	}

	private boolean hasCustomers() {
		return StringUtils.hasText(this.properties.customer().from()) || BeanFactoryUtils
			.beanNamesForTypeIncludingAncestors(this.beanFactory, LlmCustomerResolver.class, true, false).length > 0
				|| processors().anyMatch(FeaturePostProcessor::hasCustomers);
	}

	private Stream<FeaturePostProcessor> processors() {
		return this.beanFactory.getBeanProvider(FeaturePostProcessor.class).stream();
	}

	private static String property(BudgetSettings budget, String name) {
		return "llmtrack." + ConfiguredBudgets.property(budget.name()) + "." + name;
	}

}
