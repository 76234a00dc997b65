// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.Scope;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ReflectionUtils;

/**
 * Has scoped proxies call their targets themselves, which it counts, and keeps them from
 * post-processors, as Spring Cloud's scopes do.
 */
final class CallingScope implements BeanDefinitionRegistryPostProcessor {

	static final AtomicInteger CALLS = new AtomicInteger();

	private final String name;

	private final Supplier<Scope> scope;

	CallingScope(String name, Supplier<Scope> scope) {
		this.name = name;
		this.scope = scope;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (String beanName : registry.getBeanDefinitionNames()) {
			if (registry.getBeanDefinition(beanName) instanceof RootBeanDefinition definition
					&& definition.getDecoratedDefinition() != null
					&& this.name.equals(definition.getDecoratedDefinition().getBeanDefinition().getScope())) {
				definition.setBeanClass(CallingProxyFactoryBean.class);
				definition.setSynthetic(true);
			}
		}
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		beanFactory.registerScope(this.name, this.scope.get());
	}

	static class CallingProxyFactoryBean extends ScopedProxyFactoryBean implements MethodInterceptor {

		private static final long serialVersionUID = 1L;

		@Override
		public void setBeanFactory(BeanFactory beanFactory) {
			super.setBeanFactory(beanFactory);
			((Advised) getObject()).addAdvice(0, this);
		}

		@Override
		public Object invoke(MethodInvocation invocation) throws Throwable {
			if (invocation.getMethod().getDeclaringClass() == ScopedObject.class) {
				return invocation.proceed();
			}
			CALLS.incrementAndGet();
			ReflectionUtils.makeAccessible(invocation.getMethod());
			return ReflectionUtils.invokeMethod(invocation.getMethod(),
					((Advised) getObject()).getTargetSource().getTarget(), invocation.getArguments());
		}

	}

}
