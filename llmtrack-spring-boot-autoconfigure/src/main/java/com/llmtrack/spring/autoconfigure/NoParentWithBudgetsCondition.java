// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.budget.Budgets;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless the parent of an application context has budgets, which then count the
 * requests of its children as well. Of two, each would count a part.
 */
final class NoParentWithBudgetsCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		return !hasBudgets((beanFactory != null) ? beanFactory.getParentBeanFactory() : null);
	}

	private static boolean hasBudgets(@Nullable BeanFactory parent) {
		return parent != null && parent.containsBean(Activation.BUDGETS_BEAN)
				&& !parent.getBean(Activation.BUDGETS_BEAN, Budgets.class).isEmpty();
	}

}
