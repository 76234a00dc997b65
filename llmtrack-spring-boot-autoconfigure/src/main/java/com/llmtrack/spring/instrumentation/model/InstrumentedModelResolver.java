// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.llmtrack.spring.instrumentation.internals.InjectionInterceptor;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.CollectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Injects the proxies of raw models where a {@link ChatModel} or a
 * {@link StreamingChatModel} is injected, also in collections, maps and arrays, and gives
 * models an observation registry that would have none otherwise. A model of the
 * application's own is also replaced where it is looked up by an injected
 * {@code ObjectProvider} and the like; one of Spring AI's is observed there.
 */
final class InstrumentedModelResolver extends InjectionInterceptor {

	private final DefaultListableBeanFactory beanFactory;

	private final Supplier<@Nullable ModelPostProcessor> source;

	private volatile @Nullable ModelPostProcessor processor;

	/**
	 * Create a resolver.
	 * @param beanFactory injects the models
	 * @param source supplies what knows the models, not before a model is injected;
	 * {@code null} if it can't be asked at the moment
	 */
	InstrumentedModelResolver(DefaultListableBeanFactory beanFactory, Supplier<@Nullable ModelPostProcessor> source) {
		super(beanFactory);
		this.beanFactory = beanFactory;
		this.source = source;
	}

	/**
	 * Use what knows the models from now on. It is the same one even if the bean factory
	 * has destroyed it, and would create another one.
	 */
	void use(ModelPostProcessor processor) {
		this.processor = processor;
	}

	private @Nullable ModelPostProcessor processor() {
		ModelPostProcessor processor = this.processor;
		if (processor == null) {
			processor = this.source.get();
			this.processor = processor;
		}
		return (processor != null && processor.isActive()) ? processor : null;
	}

	@Override
	protected boolean supports(DependencyDescriptor descriptor, @Nullable String beanName) {
		if (isModel(descriptor)) {
			return processor() != null;
		}
		Class<?> type = descriptor.getDependencyType();
		ModelPostProcessor processor = ModelBeans.mayBeInjectedByClass(type) ? processor() : null;
		if (processor != null) {
			processor.instrumentation().beans().addInjection(type, beanName);
		}
		return false;
	}

	private static boolean isModel(DependencyDescriptor descriptor) {
		Class<?> type = elementType(descriptor);
		return type == ChatModel.class || type == StreamingChatModel.class;
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
	protected Object replace(Object resolved, Set<String> beanNames) {
		return replaceEach(resolved, (model) -> instrumented(model, beanNames));
	}

	private static Object replaceEach(Object resolved, UnaryOperator<Object> replacement) {
		if (resolved instanceof Collection<?> models) {
			Collection<Object> result = (models instanceof Set)
					? CollectionFactory.createApproximateCollection(models, models.size())
					: new ArrayList<>(models.size());
			models.forEach((model) -> result.add(replacement.apply(model)));
			return result;
		}
		if (resolved instanceof Map<?, ?> models) {
			Map<Object, Object> result = CollectionFactory.createApproximateMap(models, models.size());
			models.forEach((name, model) -> result.put(name, replacement.apply(model)));
			return result;
		}
		if (resolved instanceof Object[] models) {
			Object[] result = (Object[]) Array.newInstance(models.getClass().getComponentType(), models.length);
			for (int i = 0; i < models.length; i++) {
				result[i] = replacement.apply(models[i]);
			}
			return result;
		}
		return replacement.apply(resolved);
	}

	private Object instrumented(Object model, Set<String> beanNames) {
		ModelPostProcessor processor = processor();
		return (processor != null) ? processor.instrumentation().injected(model, () -> nameOf(model, beanNames))
				: model;
	}

	/**
	 * Return the name of a model that is one of some beans, or {@code null} if it is none
	 * of them, such as a resolvable dependency.
	 */
	private @Nullable String nameOf(Object model, Set<String> beanNames) {
		for (String name : beanNames) {
			if (this.beanFactory.containsBean(name) && (beanNames.size() == 1
					|| (this.beanFactory.isSingleton(name) && this.beanFactory.getBean(name) == model))) {
				return name;
			}
		}
		return null;
	}

	@Override
	protected @Nullable Class<?> typeToReplace(DependencyDescriptor descriptor) {
		return (isModel(descriptor) && processor() != null && mayFindModelOfApplication()) ? StreamingChatModel.class
				: null;
	}

	private boolean mayFindModelOfApplication() {
		// Earlier, knowing a type could create a bean
		boolean eager = this.beanFactory.isConfigurationFrozen();
		return Stream.of(this.beanFactory.getBeanNamesForType(StreamingChatModel.class, true, eager))
			.anyMatch((name) -> {
				Class<?> type = this.beanFactory.getType(name, false);
				return type == null || !ModelProviders.isSpringAiModel(ClassUtils.getUserClass(type));
			});
	}

	@Override
	protected Object replaceLookedUp(Object resolved, Set<String> beanNames) {
		return replaceEach(resolved, (model) -> ModelProviders.isSpringAiModel(AopProxyUtils.ultimateTargetClass(model))
				? model : instrumented(model, beanNames));
	}

	@Override
	protected @Nullable Object valueFor(DependencyDescriptor descriptor) {
		ModelPostProcessor processor = (descriptor.getDependencyType() == ObservationRegistry.class) ? processor()
				: null;
		FallbackObservationRegistry fallback = (processor != null) ? processor.fallbackRegistry() : null;
		return (fallback != null) ? fallback.forInjection(descriptor, this.beanFactory) : null;
	}

}
