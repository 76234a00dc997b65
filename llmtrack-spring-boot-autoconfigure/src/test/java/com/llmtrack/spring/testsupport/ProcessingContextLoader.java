// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.PropertyValues;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.test.context.SpringBootContextLoader;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Loads the application of a test, in the second run as one that was processed ahead of
 * time.
 */
final class ProcessingContextLoader extends SpringBootContextLoader {

	@Override
	public ApplicationContext loadContext(MergedContextConfiguration configuration) throws Exception {
		if (!AheadOfTime.isEverywhere()) {
			return super.loadContext(configuration);
		}
		ApplicationContext context = AheadOfTime
			.processed(() -> (GenericApplicationContext) loadContextForAotProcessing(configuration, new RuntimeHints()))
			.run((initializer) -> loadContextForAotRuntime(configuration, initializer));
		AutowireCapableBeanFactory beanFactory = context.getAutowireCapableBeanFactory();
		((ConfigurableBeanFactory) beanFactory).addBeanPostProcessor(new TestInjector(beanFactory));
		return context;
	}

	/**
	 * Injects what the test wants, since a processed application reads no annotations.
	 */
	private static final class TestInjector implements InstantiationAwareBeanPostProcessor {

		private final AutowiredAnnotationBeanPostProcessor annotations = new AutowiredAnnotationBeanPostProcessor();

		TestInjector(BeanFactory beanFactory) {
			this.annotations.setBeanFactory(beanFactory);
		}

		@Override
		public PropertyValues postProcessProperties(PropertyValues values, Object bean, String beanName) {
			if (bean.getClass().getName().endsWith("Tests")) {
				this.annotations.processInjection(bean);
			}
			return values;
		}

	}

}
