// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.budget.Budgets;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Looks up where events go. A bean that can't be created, as one that is lazy, is left
 * out, so that the others get the events.
 */
final class EventSinks {

	private static final Log logger = LogFactory.getLog(EventSinks.class);

	private EventSinks() {
	}

	/**
	 * Return the budgets, if there are any, and then all sinks in order. Budgets come
	 * first, so that they have counted a request when somebody hears of it.
	 */
	static List<LlmUsageEventSink> find(ConfigurableListableBeanFactory beanFactory, ObjectProvider<Budgets> budgets,
			ObjectProvider<LlmUsageEventSink> sinks) {
		List<LlmUsageEventSink> found = new ArrayList<>();
		Budgets present = get(Activation.BUDGETS_BEAN, () -> budgets.getIfAvailable(Budgets::none));
		if (present != null && !present.isEmpty()) {
			found.add(present::record);
		}
		try {
			found.addAll(sinks.orderedStream().toList());
		}
		catch (RuntimeException | LinkageError ex) {
			found.addAll(each(beanFactory));
		}
		return found;
	}

	private static List<LlmUsageEventSink> each(ConfigurableListableBeanFactory beanFactory) {
		List<LlmUsageEventSink> sinks = new ArrayList<>();
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, LlmUsageEventSink.class)) {
			LlmUsageEventSink sink = get(name, () -> beanFactory.getBean(name, LlmUsageEventSink.class));
			if (sink != null) {
				sinks.add(sink);
			}
		}
		AnnotationAwareOrderComparator.sort(sinks);
		return sinks;
	}

	private static <T> @Nullable T get(String beanName, Supplier<T> bean) {
		try {
			return bean.get();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("Model requests are not recorded by bean '" + beanName + "', because it can't be created: "
					+ NestedExceptionUtils.getMostSpecificCause(ex));
			return null;
		}
	}

}
