// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AutowireCandidateResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.core.CollectionFactory;

/**
 * Hands out the measuring proxies of raw models where a {@link ChatModel} or a
 * {@link StreamingChatModel} is injected, also in collections, maps and arrays, and has
 * models observe themselves that would not do so otherwise. Everything else is left to
 * the resolver that was there before. Extends Spring's standard resolver only because
 * others, such as Spring's own {@code CustomAutowireConfigurer}, replace a resolver that
 * does not.
 */
final class InstrumentedModelResolver extends ContextAnnotationAutowireCandidateResolver {

	private final AutowireCandidateResolver delegate;

	private final DefaultListableBeanFactory beanFactory;

	private final ModelInstrumentation instrumentation;

	private final FallbackObservationRegistry observations;

	InstrumentedModelResolver(AutowireCandidateResolver delegate, DefaultListableBeanFactory beanFactory,
			ModelInstrumentation instrumentation, FallbackObservationRegistry observations) {
		this.delegate = delegate;
		this.beanFactory = beanFactory;
		this.instrumentation = instrumentation;
		this.observations = observations;
	}

	@Override
	public @Nullable Object getLazyResolutionProxyIfNecessary(DependencyDescriptor descriptor,
			@Nullable String beanName) {
		Object lazyProxy = this.delegate.getLazyResolutionProxyIfNecessary(descriptor, beanName);
		if (lazyProxy != null) {
			return lazyProxy;
		}
		if (!isModel(elementType(descriptor))) {
			this.instrumentation.beans().addInjection(descriptor.getDependencyType(), beanName);
			return null;
		}
		Set<String> dependencies = new LinkedHashSet<>();
		Object resolved = this.beanFactory.doResolveDependency(descriptor, beanName, dependencies, null);
		if (beanName != null) {
			registerDependencies(beanName, dependencies);
		}
		return isCollectionBean(resolved, dependencies) ? resolved : measured(resolved);
	}

	private void registerDependencies(String beanName, Set<String> dependencies) {
		for (String dependency : dependencies) {
			if (this.beanFactory.containsBean(dependency)) {
				this.beanFactory.registerDependentBean(dependency, beanName);
			}
		}
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
		// What a type variable stands for takes its time to find, and most are none
		return type.isAssignableFrom(ChatModel.class) ? descriptor.getResolvableType().resolve() : type;
	}

	private static boolean isModel(@Nullable Class<?> type) {
		return type == ChatModel.class || type == StreamingChatModel.class;
	}

	/**
	 * A collection that is a bean itself belongs to the application, which may rely on
	 * its identity.
	 */
	private boolean isCollectionBean(@Nullable Object resolved, Set<String> dependencies) {
		return (resolved instanceof Collection || resolved instanceof Map) && dependencies.stream()
			.anyMatch((dependency) -> this.beanFactory.getSingleton(dependency) == resolved);
	}

	private @Nullable Object measured(@Nullable Object resolved) {
		if (resolved instanceof Collection<?> models) {
			Collection<Object> result = (models instanceof Set)
					? CollectionFactory.createApproximateCollection(models, models.size())
					: new ArrayList<>(models.size());
			models.forEach((model) -> result.add(this.instrumentation.rawModels().measured(model)));
			return result;
		}
		if (resolved instanceof Map<?, ?> models) {
			Map<Object, Object> result = CollectionFactory.createApproximateMap(models, models.size());
			models.forEach((name, model) -> result.put(name, this.instrumentation.rawModels().measured(model)));
			return result;
		}
		if (resolved instanceof Object[] models) {
			Object[] result = (Object[]) Array.newInstance(models.getClass().getComponentType(), models.length);
			for (int i = 0; i < models.length; i++) {
				result[i] = this.instrumentation.rawModels().measured(models[i]);
			}
			return result;
		}
		return (resolved != null) ? this.instrumentation.rawModels().measured(resolved) : null;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		if (this.delegate instanceof BeanFactoryAware aware) {
			aware.setBeanFactory(beanFactory);
		}
	}

	@Override
	public boolean isAutowireCandidate(BeanDefinitionHolder holder, DependencyDescriptor descriptor) {
		return this.delegate.isAutowireCandidate(holder, descriptor);
	}

	@Override
	public boolean isRequired(DependencyDescriptor descriptor) {
		return this.delegate.isRequired(descriptor);
	}

	@Override
	public boolean hasQualifier(DependencyDescriptor descriptor) {
		return this.delegate.hasQualifier(descriptor);
	}

	@Override
	public @Nullable String getSuggestedName(DependencyDescriptor descriptor) {
		return this.delegate.getSuggestedName(descriptor);
	}

	@Override
	public @Nullable Object getSuggestedValue(DependencyDescriptor descriptor) {
		Object value = this.delegate.getSuggestedValue(descriptor);
		return (value != null) ? value : this.observations.forInjection(descriptor);
	}

	@Override
	public @Nullable Class<?> getLazyResolutionProxyClass(DependencyDescriptor descriptor, @Nullable String beanName) {
		return this.delegate.getLazyResolutionProxyClass(descriptor, beanName);
	}

	@Override
	public AutowireCandidateResolver cloneIfNecessary() {
		return this.delegate.cloneIfNecessary();
	}

}
