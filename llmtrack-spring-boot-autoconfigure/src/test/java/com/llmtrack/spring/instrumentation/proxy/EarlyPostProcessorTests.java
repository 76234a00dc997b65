// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

import java.util.ArrayList;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.Pointcut;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EarlyPostProcessor}.
 */
class EarlyPostProcessorTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final List<String> processed = new ArrayList<>();

	private final EarlyPostProcessor early = new EarlyPostProcessor(this.beanFactory, "processor",
			(bean) -> bean instanceof String);

	@BeforeEach
	void register() {
		this.beanFactory.registerBeanDefinition("processor",
				new RootBeanDefinition(Processor.class, () -> new Processor(this.processed)));
		this.beanFactory.addBeanPostProcessor(this.early);
	}

	@Test
	void processorIsCreatedForTheFirstBeanOfInterest() {
		this.early.postProcessAfterInitialization(1, "number");
		assertThat(this.beanFactory.containsSingleton("processor")).isFalse();
		assertThat(this.early.postProcessAfterInitialization("a", "text")).isEqualTo("a");
		assertThat(this.beanFactory.containsSingleton("processor")).isTrue();
		assertThat(this.early.getEarlyBeanReference("b", "other")).isEqualTo("b");
		assertThat(this.processed).containsExactly("text", "other");
	}

	@Test
	void stepsBackAsSoonAsTheProcessorIsInUse() {
		this.early.postProcessAfterInitialization("a", "before");
		this.beanFactory.addBeanPostProcessor(this.beanFactory.getBean(Processor.class));
		this.early.postProcessAfterInitialization("a", "after");
		this.early.getEarlyBeanReference("a", "after");
		assertThat(this.processed).containsExactly("before");
	}

	@Test
	void beansAreUsedAsTheyAreIfThereIsNoProcessor() {
		this.beanFactory.removeBeanDefinition("processor");
		assertThat(this.early.postProcessAfterInitialization("a", "text")).isEqualTo("a");
		assertThat(this.early.postProcessBeforeInitialization("a", "text")).isEqualTo("a");
	}

	private static final class Processor extends AdvisingPostProcessor {

		private final List<String> processed;

		Processor(List<String> processed) {
			this.processed = processed;
		}

		@Override
		protected @Nullable MethodInterceptor interceptorFor(String beanName, Class<?> targetClass) {
			this.processed.add(beanName);
			return null;
		}

		@Override
		protected Object adviseFinalClass(Object bean, String beanName, MethodInterceptor interceptor) {
			return bean;
		}

		@Override
		protected boolean mayHaveInterceptor(Class<?> type) {
			return false;
		}

		@Override
		protected Pointcut pointcut() {
			return Pointcut.TRUE;
		}

	}

}
