// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.instrumentation.proxy.AdvisingPostProcessor;
import com.llmtrack.spring.instrumentation.proxy.ProxyEligibility;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.StringValueResolver;

/**
 * Puts beans with {@link LlmFeature} annotations under their features.
 */
public final class FeaturePostProcessor extends AdvisingPostProcessor implements EmbeddedValueResolverAware {

	private final FeatureAdvice advice = new FeatureAdvice();

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.advice.setPlaceholders(resolver);
	}

	@Override
	protected @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass) {
		return this.advice.find(targetClass);
	}

	@Override
	protected Pointcut pointcut() {
		return this.advice.pointcut();
	}

	@Override
	protected Object adviseUnextendable(Object bean, String beanName, MethodInterceptor interceptor) {
		if (ProxyEligibility.isKnownByInterfacesOnly(bean.getClass())) {
			return interfaceProxy(bean, interceptor);
		}
		this.logger.warn("@LlmFeature has no effect on bean '" + beanName + "', because " + bean.getClass().getName()
				+ " is final or sealed, or has a final method or a private one that Spring calls. Open the class, "
				+ "or open the feature with LlmFeatureContext.open(…) inside its methods.");
		return bean;
	}

}
