// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Finds models and observation registries that the post-processor has not seen: those
 * that were created before it, registered as singletons, or wrapped by others after it.
 * Looks at what exists, and creates nothing.
 */
final class UnseenModels {

	private final DefaultListableBeanFactory beanFactory;

	private final DefaultModelInstrumentation instrumentation;

	private final ObservedRegistries registries;

	private final UninstrumentedModels uninstrumented;

	UnseenModels(DefaultListableBeanFactory beanFactory, DefaultModelInstrumentation instrumentation,
			ObservedRegistries registries) {
		this.beanFactory = beanFactory;
		this.instrumentation = instrumentation;
		this.registries = registries;
		this.uninstrumented = new UninstrumentedModels(beanFactory);
	}

	/**
	 * Return what finds those that are not instrumented at all.
	 */
	UninstrumentedModels uninstrumented() {
		return this.uninstrumented;
	}

	void find() {
		for (String name : this.beanFactory.getSingletonNames()) {
			// It would get a reference to a bean that is not complete
			if (!this.beanFactory.isCurrentlyInCreation(name)) {
				look(name, this.beanFactory.getSingleton(name));
			}
		}
	}

	/**
	 * Return whether models of Spring AI's are observed where nobody has their proxies.
	 */
	boolean areObserved() {
		return FallbackObservationRegistry.areModelsObserved(this.beanFactory);
	}

	private void look(String name, @Nullable Object singleton) {
		if (singleton instanceof ObservationRegistry registry) {
			this.registries.add(registry, name);
		}
		else if (singleton instanceof StreamingChatModel model) {
			this.instrumentation.adopt(model, name);
		}
	}

}
