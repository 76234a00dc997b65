// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import com.llmtrack.spring.instrumentation.internals.InjectionInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.CollectionFactory;

/**
 * Injects the proxies of raw models where a {@link ChatModel} or a
 * {@link StreamingChatModel} is injected, also in collections, maps and arrays, and gives
 * models an observation registry that would have none otherwise.
 */
final class InstrumentedModelResolver extends InjectionInterceptor {

	private final DefaultListableBeanFactory beanFactory;

	private final ModelBeans beans;

	private final RawModels rawModels;

	private final FallbackObservationRegistry observations;

	InstrumentedModelResolver(DefaultListableBeanFactory beanFactory, DefaultModelInstrumentation instrumentation,
			FallbackObservationRegistry observations) {
		super(beanFactory);
		this.beanFactory = beanFactory;
		this.beans = instrumentation.beans();
		this.rawModels = instrumentation.rawModels();
		this.observations = observations;
	}

	@Override
	protected boolean supports(DependencyDescriptor descriptor, @Nullable String beanName) {
		Class<?> type = elementType(descriptor);
		if (type == ChatModel.class || type == StreamingChatModel.class) {
			return true;
		}
		this.beans.addInjection(descriptor.getDependencyType(), beanName);
		return false;
	}

	private static @Nullable Class<?> elementType(DependencyDescriptor descriptor) {
		Class<?> type = descriptor.getDependencyType();
		if (type.isArray()) {
			return descriptor.getResolvableType().getComponentType().resolve();
		}
		if (Collection.class.isAssignableFrom(type)) {
			return descriptor.getResolvableType().asCollection().resolveGeneric(0);
		}
		if (Map.class == type) {
			return descriptor.getResolvableType().asMap().resolveGeneric(1);
		}
		// Resolving a type variable takes time, and most dependencies have none
		return type.isAssignableFrom(ChatModel.class) ? descriptor.getResolvableType().resolve() : type;
	}

	@Override
	protected Object replace(Object resolved) {
		if (resolved instanceof Collection<?> models) {
			Collection<Object> result = (models instanceof Set)
					? CollectionFactory.createApproximateCollection(models, models.size())
					: new ArrayList<>(models.size());
			models.forEach((model) -> result.add(this.rawModels.instrumented(model)));
			return result;
		}
		if (resolved instanceof Map<?, ?> models) {
			Map<Object, Object> result = CollectionFactory.createApproximateMap(models, models.size());
			models.forEach((name, model) -> result.put(name, this.rawModels.instrumented(model)));
			return result;
		}
		if (resolved instanceof Object[] models) {
			Object[] result = (Object[]) Array.newInstance(models.getClass().getComponentType(), models.length);
			for (int i = 0; i < models.length; i++) {
				result[i] = this.rawModels.instrumented(models[i]);
			}
			return result;
		}
		return this.rawModels.instrumented(resolved);
	}

	@Override
	protected @Nullable Object valueFor(DependencyDescriptor descriptor) {
		return this.observations.forInjection(descriptor, this.beanFactory);
	}

}
