// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The bean factory and the environment for those of our beans that are created before
 * most others. They take it by a parameter that has the name of this bean: Spring would
 * look up a bean factory by its type, and create factory beans of the application to know
 * the types of their products.
 */
@Component("llmtrackContext")
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
final class OwnContext implements BeanFactoryAware, EnvironmentAware {

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private @Nullable ConfigurableEnvironment environment;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = (ConfigurableEnvironment) environment;
	}

	ConfigurableListableBeanFactory beanFactory() {
		return Objects.requireNonNull(this.beanFactory);
	}

	ConfigurableEnvironment environment() {
		return Objects.requireNonNull(this.environment);
	}

}
