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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.StringValueResolver;

/**
 * Puts beans with {@link LlmFeature} annotations under their features.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class FeaturePostProcessor extends AdvisingPostProcessor implements EmbeddedValueResolverAware {

	private final transient FeatureNames names = new FeatureNames();

	private final transient Advisor advisor = new DefaultPointcutAdvisor(this.names,
			new FeatureInterceptor(this.names));

	private final transient Map<Class<?>, Boolean> annotated = new ConcurrentHashMap<>();

	/**
	 * Create a post-processor.
	 */
	public FeaturePostProcessor() {
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.names.setPlaceholders(resolver);
	}

	@Override
	protected @Nullable Advisor advisorFor(String beanName, Class<?> targetClass) {
		// Prototypes come by often, and looking through all their methods takes its time
		return this.annotated.computeIfAbsent(targetClass, this::isAnnotated) ? this.advisor : null;
	}

	private boolean isAnnotated(Class<?> type) {
		boolean annotated = AopUtils.canApply(this.advisor, type);
		if (annotated) {
			// One good name ended the search for more
			this.names.check(type);
		}
		return annotated;
	}

	@Override
	protected Object adviseUnextendable(Object bean, String beanName, Advisor advisor) {
		if (ExtendableClasses.isKnownByInterfacesOnly(bean.getClass())) {
			return interfaceProxy(bean, advisor);
		}
		this.logger.warn("@LlmFeature has no effect on bean '" + beanName + "', because " + bean.getClass().getName()
				+ " is final or sealed, or has a final method or a private one that Spring calls. Open the class, "
				+ "or open the feature with LlmFeatureContext.open(…) inside its methods.");
		return bean;
	}

}
