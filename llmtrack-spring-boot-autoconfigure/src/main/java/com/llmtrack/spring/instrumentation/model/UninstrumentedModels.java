// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.internals.MockitoMocks;
import com.llmtrack.spring.instrumentation.proxy.InstrumentationMode;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.Model;
import org.springframework.ai.model.StreamingModel;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds model beans that ask a service and are not instrumented: those that are neither
 * chat nor embedding models, such as models of images, speech and moderation, and
 * embedding models while these are off. Looks at types, and creates no bean.
 */
final class UninstrumentedModels {

	/**
	 * What all models are. A bean of which no more is known may be a chat model.
	 */
	private static final Set<Class<?>> KINDS = Set.of(Model.class, StreamingModel.class);

	private final DefaultListableBeanFactory beanFactory;

	UninstrumentedModels(DefaultListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the models, ordered by name.
	 */
	List<InstrumentedModel> find(InstrumentationSettings settings) {
		return models(settings).map(UninstrumentedModel::describe).toList();
	}

	/**
	 * Return the names of the models that are neither chat nor embedding models, and in
	 * use as far as that is known. The auto-configurations of a provider declare a model
	 * of each kind, most of which an application may never use.
	 */
	List<String> findUnsupportedInUse(InstrumentationSettings settings) {
		return models(settings).filter((model) -> model.mode() == InstrumentationMode.UNSUPPORTED)
			.map(UninstrumentedModel::name)
			.filter(this::mayBeInUse)
			.toList();
	}

	private Stream<UninstrumentedModel> models(InstrumentationSettings settings) {
		return names().flatMap((name) -> Stream.ofNullable(look(name, settings)));
	}

	private boolean mayBeInUse(String name) {
		return !this.beanFactory.containsSingleton(name) || this.beanFactory.getDependentBeans(name).length > 0;
	}

	private Stream<String> names() {
		Set<String> names = new TreeSet<>();
		for (Class<?> type : KINDS) {
			for (String name : this.beanFactory.getBeanNamesForType(type, true, false)) {
				names.add(ModelBeans.nameForUsers(name));
			}
		}
		return names.stream();
	}

	private @Nullable UninstrumentedModel look(String name, InstrumentationSettings settings) {
		try {
			Class<?> type = type(name);
			InstrumentationMode mode = (type != null) ? mode(name, type, settings) : null;
			return (type != null && mode != null) ? new UninstrumentedModel(name, type, mode) : null;
		}
		catch (Exception | LinkageError ex) {
			// Neither the start nor the endpoint may fail by a bean that can't be
			// described
			return null;
		}
	}

	/**
	 * Return the class of a bean behind its proxies, or {@code null} if it is a mock, the
	 * {@code null} of a factory method, or its class is not known yet.
	 */
	private @Nullable Class<?> type(String name) {
		String target = ScopedProxyUtils.getTargetBeanName(name);
		boolean scoped = this.beanFactory.containsBeanDefinition(target);
		// Those that are in creation have no complete reference
		Object singleton = (!scoped && this.beanFactory.containsSingleton(name)) ? this.beanFactory.getSingleton(name)
				: null;
		if (singleton != null && !(singleton instanceof FactoryBean)) {
			return (MockitoMocks.isMock(singleton) || isNull(singleton)) ? null
					: ClassUtils.getUserClass(CalledModel.ultimateTarget(singleton));
		}
		Class<?> type = this.beanFactory.getType(scoped ? target : name, false);
		return (type != null && !KINDS.contains(type)) ? ClassUtils.getUserClass(type) : null;
	}

	private static boolean isNull(Object bean) {
		// Spring's object for null says so
		return bean.equals(null);
	}

	/**
	 * Return why a model is not instrumented, or {@code null} if it is, or asks no
	 * service.
	 */
	private static @Nullable InstrumentationMode mode(String name, Class<?> type, InstrumentationSettings settings) {
		if (StreamingChatModel.class.isAssignableFrom(type)
				|| ModelProviders.isLocal(ModelProviders.providerOf(type))) {
			return null;
		}
		boolean embeds = EmbeddingModel.class.isAssignableFrom(type);
		if (embeds && settings.embeddings()) {
			return null;
		}
		if (settings.isExcluded(name)) {
			return InstrumentationMode.EXCLUDED;
		}
		return embeds ? InstrumentationMode.EMBEDDINGS_OFF : InstrumentationMode.UNSUPPORTED;
	}

	private record UninstrumentedModel(String name, Class<?> type, InstrumentationMode mode) {

		InstrumentedModel describe() {
			return new InstrumentedModel(this.name, this.type.getName(), false, this.mode.toString());
		}

	}

}
