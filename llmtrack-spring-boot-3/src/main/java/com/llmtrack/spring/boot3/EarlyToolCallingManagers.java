// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Has a {@link ToolCallingManagerPostProcessor} process beans that the application's
 * post-processors need. Creates no bean.
 */
final class EarlyToolCallingManagers implements BeanFactoryPostProcessor, PriorityOrdered {

	private final String processor;

	EarlyToolCallingManagers(String processor) {
		this.processor = processor;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory listable) {
			ToolCallingManagerPostProcessor.processEarlyBeans(listable, this.processor);
		}
	}

}
