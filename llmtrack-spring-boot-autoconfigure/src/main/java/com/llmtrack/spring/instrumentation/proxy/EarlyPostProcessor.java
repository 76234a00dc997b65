// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Has an {@link AdvisingPostProcessor} process beans that other post-processors need, and
 * which are therefore created before it is in use. It is created for the first bean that
 * it may be interested in, not earlier, as its own beans and the settings may not be
 * complete yet. Steps back as soon as it is in use itself, at its place in the order.
 */
public final class EarlyPostProcessor implements SmartInstantiationAwareBeanPostProcessor {

	private final DefaultListableBeanFactory beanFactory;

	private final String processorName;

	private final Predicate<Object> interesting;

	private volatile boolean over;

	/**
	 * Create a post-processor.
	 * @param beanFactory creates the beans
	 * @param processorName the name of the {@link AdvisingPostProcessor}
	 * @param interesting whether a bean may have to be processed
	 */
	public EarlyPostProcessor(DefaultListableBeanFactory beanFactory, String processorName,
			Predicate<Object> interesting) {
		this.beanFactory = beanFactory;
		this.processorName = processorName;
		this.interesting = interesting;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		AdvisingPostProcessor processor = processorFor(bean);
		return (processor != null) ? processor.getEarlyBeanReference(bean, beanName) : bean;
	}

	@Override
	public @Nullable Object postProcessBeforeInitialization(Object bean, String beanName) {
		AdvisingPostProcessor processor = processorFor(bean);
		return (processor != null) ? processor.postProcessBeforeInitialization(bean, beanName) : bean;
	}

	@Override
	public @Nullable Object postProcessAfterInitialization(Object bean, String beanName) {
		AdvisingPostProcessor processor = processorFor(bean);
		return (processor != null) ? processor.postProcessAfterInitialization(bean, beanName) : bean;
	}

	private @Nullable AdvisingPostProcessor processorFor(Object bean) {
		if (this.over || this.beanFactory.isCurrentlyInCreation(this.processorName) || isInUse()) {
			return null;
		}
		try {
			return this.interesting.test(bean)
					? this.beanFactory.getBean(this.processorName, AdvisingPostProcessor.class) : null;
		}
		catch (RuntimeException | LinkageError ex) {
			// Reported when it is to be used, or when it processes other beans
			return null;
		}
	}

	private boolean isInUse() {
		Object processor = this.beanFactory.getSingleton(this.processorName);
		this.over = processor != null && this.beanFactory.getBeanPostProcessors().contains(processor);
		return this.over;
	}

}
