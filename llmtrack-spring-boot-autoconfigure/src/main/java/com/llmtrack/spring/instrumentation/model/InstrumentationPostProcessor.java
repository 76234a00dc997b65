// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.feature.FeaturePostProcessor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * Puts beans under their features, has chat clients carry these, and measures models. All
 * in one bean, as Spring looks through each and all of its methods for many a reason when
 * an application starts.
 *
 * @since 0.1.0
 */
public final class InstrumentationPostProcessor implements SmartInstantiationAwareBeanPostProcessor, BeanFactoryAware,
		BeanClassLoaderAware, EmbeddedValueResolverAware, Ordered, AopInfrastructureBean {

	private static final String CHAT_CLIENT = "org.springframework.ai.chat.client.ChatClientBuilderCustomizer";

	private final FeaturePostProcessor features = new FeaturePostProcessor();

	private final @Nullable ModelPostProcessor models;

	/**
	 * Create a post-processor that leaves models alone.
	 */
	public InstrumentationPostProcessor() {
		this.models = null;
	}

	/**
	 * Create a post-processor.
	 * @param instrumentation what to do with models
	 */
	public InstrumentationPostProcessor(ModelInstrumentation instrumentation) {
		this.models = new ModelPostProcessor(instrumentation);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		if (beanFactory instanceof ConfigurableBeanFactory configurable
				&& ClassUtils.isPresent(CHAT_CLIENT, configurable.getBeanClassLoader())) {
			FeatureAdvisors.giveToChatClientsOf(configurable);
		}
		if (this.models != null) {
			this.models.setBeanFactory(beanFactory);
		}
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.features.setBeanClassLoader(classLoader);
		if (this.models != null) {
			this.models.setBeanClassLoader(classLoader);
		}
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.features.setEmbeddedValueResolver(resolver);
	}

	@Override
	public int getOrder() {
		return this.features.getOrder();
	}

	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> beanClass, String beanName) {
		this.features.postProcessBeforeInstantiation(beanClass, beanName);
		if (this.models != null) {
			this.models.postProcessBeforeInstantiation(beanClass, beanName);
		}
		return null;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		Object advised = this.features.getEarlyBeanReference(bean, beanName);
		return (this.models != null) ? this.models.getEarlyBeanReference(advised, beanName) : advised;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Object advised = this.features.postProcessAfterInitialization(bean, beanName);
		return (this.models != null) ? this.models.postProcessAfterInitialization(advised, beanName) : advised;
	}

}
