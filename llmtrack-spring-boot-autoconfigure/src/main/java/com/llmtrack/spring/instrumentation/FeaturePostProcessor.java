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

import com.llmtrack.spring.LlmFeature;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.StringValueResolver;

/**
 * Puts beans with {@link LlmFeature} annotations under their features.
 */
final class FeaturePostProcessor extends AdvisingPostProcessor implements EmbeddedValueResolverAware {

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
		if (ExtendableClasses.isKnownByInterfacesOnly(bean.getClass())) {
			return interfaceProxy(bean, interceptor);
		}
		this.logger.warn("@LlmFeature has no effect on bean '" + beanName + "', because " + bean.getClass().getName()
				+ " is final or sealed, or has a final method or a private one that Spring calls. Open the class, "
				+ "or open the feature with LlmFeatureContext.open(…) inside its methods.");
		return bean;
	}

}
