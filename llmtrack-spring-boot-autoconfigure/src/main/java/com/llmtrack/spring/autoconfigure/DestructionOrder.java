// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.core.Ordered;

/**
 * Has the instrumentation, then the dispatcher and then the budgets destroyed after all
 * other beans, which may make requests while they are destroyed. Spring destroys beans in
 * the reverse order in which they were first registered for that, so they are registered
 * before any bean is created; so is what has the dispatcher destroyed earlier if its
 * spool uses a {@link SpoolDataSource}. No other bean is destroyed earlier or later for
 * it.
 */
final class DestructionOrder implements BeanDefinitionRegistryPostProcessor, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (registry instanceof DefaultSingletonBeanRegistry singletons) {
			reservePlace(singletons, SpoolDataSource.USER);
			reservePlace(singletons, ApplicationBudgets.CORRECTIONS);
			reservePlace(singletons, Activation.BUDGETS_BEAN);
			reservePlace(singletons, Activation.DISPATCHER_BEAN);
			reservePlace(singletons, Activation.INSTRUMENTATION_BEAN);
		}
	}

	/**
	 * What the place is for takes it when it is created.
	 */
	private static void reservePlace(DefaultSingletonBeanRegistry singletons, String beanName) {
		singletons.registerDisposableBean(beanName, () -> {
		});
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
	}

}
