// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.instrumentation.feature.FeaturePostProcessor;
import com.llmtrack.spring.instrumentation.model.ModelPostProcessor;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.Ordered;

/**
 * Has beans instrumented that the application's post-processors need, and which are
 * therefore created before ours are. Runs when all beans are defined, but before any of
 * them is created. Decides nothing and creates no bean: properties may not be complete
 * yet.
 */
final class EarlyInstrumentation implements BeanDefinitionRegistryPostProcessor, Ordered {

	private final String featureProcessor;

	private final String modelProcessor;

	/**
	 * Create what instruments early beans.
	 * @param featureProcessor name of the {@link FeaturePostProcessor}
	 * @param modelProcessor name of the {@link ModelPostProcessor}
	 */
	EarlyInstrumentation(String featureProcessor, String modelProcessor) {
		this.featureProcessor = featureProcessor;
		this.modelProcessor = modelProcessor;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory listable) {
			FeaturePostProcessor.processEarlyBeans(listable, this.featureProcessor);
			ModelPostProcessor.processEarlyBeans(listable, this.modelProcessor);
		}
	}

}
