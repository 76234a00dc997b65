/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

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
