// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.target.AbstractBeanFactoryBasedTargetSource;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Gives the proxies of scoped models the {@link ScopedModelInterceptor} as their first
 * advice: a scope may add advice that calls the model itself, as Spring Cloud's refresh
 * scope does, and what comes after it never runs.
 * <p>
 * Such a scope also keeps its proxies from post-processors, by declaring them as
 * synthetic. What all factory beans still pass, after they have made their proxies and
 * before anybody gets one, is the question whether they are to be destroyed.
 */
final class ScopedProxyPostProcessor implements DestructionAwareBeanPostProcessor {

	private final DefaultModelInstrumentation instrumentation;

	private final DefaultListableBeanFactory beanFactory;

	ScopedProxyPostProcessor(DefaultModelInstrumentation instrumentation, DefaultListableBeanFactory beanFactory) {
		this.instrumentation = instrumentation;
		this.beanFactory = beanFactory;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		if (bean instanceof ScopedProxyFactoryBean factoryBean) {
			try {
				advise(factoryBean.getObject());
			}
			catch (Exception | LinkageError ex) {
				this.instrumentation.contain(ex);
			}
		}
		return false;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
	}

	private void advise(@Nullable Object proxy) {
		if ((proxy instanceof StreamingChatModel || proxy instanceof EmbeddingModel) && proxy instanceof Advised advised
				&& !advised.isFrozen() && !ModelMethods.isPointcutOf(advised.getAdvisors()[0])) {
			advised.addAdvisor(0, new DefaultPointcutAdvisor(ModelMethods.POINTCUT,
					new ScopedModelInterceptor(this.beanFactory, this.instrumentation.rawModels())));
			if (advised.getTargetSource() instanceof AbstractBeanFactoryBasedTargetSource targetSource) {
				this.instrumentation.expect(targetSource.getTargetBeanName(), AopProxyUtils.ultimateTargetClass(proxy));
			}
		}
	}

}
