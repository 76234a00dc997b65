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

package com.llmtrack.spring.autoconfigure;

import java.util.function.Supplier;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.instrumentation.EventContributors;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's beans that have a say in the events. Looks for none before it is
 * asked.
 */
final class ContributorBeans implements Supplier<EventContributors> {

	private final BeanFactory beanFactory;

	ContributorBeans(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public EventContributors get() {
		LlmCostCalculator calculator = one(LlmCostCalculator.class);
		return new EventContributors(one(LlmCustomerResolver.class),
				(calculator != null) ? calculator : this.beanFactory.getBean(LlmTrackProperties.class).prices(),
				this.beanFactory.getBeanProvider(LlmUsageEventCustomizer.class).orderedStream().toList());
	}

	/**
	 * Return the primary bean of several, else the first. No event is lost because nobody
	 * said which.
	 */
	private <T> @Nullable T one(Class<T> type) {
		ObjectProvider<T> provider = this.beanFactory.getBeanProvider(type);
		T bean = provider.getIfUnique();
		return (bean != null) ? bean : provider.orderedStream().findFirst().orElse(null);
	}

}
