// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.reflect.Method;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.model.Model;
import org.springframework.ai.model.observation.ModelObservationContext;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.MethodParameter;
import org.springframework.core.env.Environment;

/**
 * The observation registry for the models that Spring AI configures, where the
 * application has none or has switched off all observations. It enables the observations
 * of models only, and not those that a proxy makes superfluous. It is no bean: a bean
 * would make other parts of the application, such as Spring Security, start to observe
 * themselves. Models may outlive the application, to which this does not refer.
 */
final class FallbackObservationRegistry implements ObservationPredicate {

	private static final Log logger = LogFactory.getLog(FallbackObservationRegistry.class);

	private static final String SPRING_AI = "org.springframework.ai.";

	private static final String MODELS = DefaultChatModelObservationConvention.DEFAULT_NAME;

	private static final String ALL_OBSERVATIONS = "management.observations.enable.all";

	private final ModelObservationHandler handler;

	private final ObservationRegistry registry = ObservationRegistry.create();

	/**
	 * Create a fallback.
	 * @param handler takes the observations
	 * @param registries adds the handler
	 */
	FallbackObservationRegistry(ModelObservationHandler handler, ObservedRegistries registries) {
		this.handler = handler;
		this.registry.observationConfig().observationPredicate(this);
		registries.add(this.registry, "fallback");
	}

	@Override
	public boolean test(String name, Observation.Context context) {
		return this.handler.supportsContext(context) && context instanceof ModelObservationContext<?, ?> observed
				&& !this.handler.isSuperfluous(observed);
	}

	/**
	 * Return the registry if it is needed at an injection point.
	 * @param descriptor the injection point
	 * @param beanFactory knows the application's registry
	 */
	@Nullable ObservationRegistry forInjection(DependencyDescriptor descriptor, ListableBeanFactory beanFactory) {
		if (descriptor.getDependencyType() != ObservationRegistry.class || !isForModel(descriptor)) {
			return null;
		}
		try {
			return (hasNoRegistry(beanFactory) || observesNothing(beanFactory)) ? this.registry : null;
		}
		catch (Exception | LinkageError ex) {
			// Predicates are the application's code, and may expect contexts of their own
			logger.debug("Left it to the application which registry observes its models", ex);
			return null;
		}
	}

	/**
	 * Return whether models that were given the application's registry are observed, or
	 * the fallback instead.
	 */
	static boolean areModelsObserved(ListableBeanFactory beanFactory) {
		try {
			ObservationRegistry registry = beanFactory.getBeanProvider(ObservationRegistry.class).getIfUnique();
			return registry == null || observesNothing(beanFactory)
					|| !Observation.createNotStarted(MODELS, registry).isNoop();
		}
		catch (Exception | LinkageError ex) {
			return true;
		}
	}

	private static boolean isForModel(DependencyDescriptor descriptor) {
		MethodParameter parameter = descriptor.getMethodParameter();
		Method method = (parameter != null) ? parameter.getMethod() : null;
		return method != null && Model.class.isAssignableFrom(method.getReturnType())
				&& method.getDeclaringClass().getName().startsWith(SPRING_AI);
	}

	private static boolean hasNoRegistry(ListableBeanFactory beanFactory) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, ObservationRegistry.class).length == 0;
	}

	private static boolean observesNothing(ListableBeanFactory beanFactory) {
		ObservationRegistry registry = beanFactory.getBeanProvider(ObservationRegistry.class).getIfUnique();
		return registry != null && (registry == ObservationRegistry.NOOP || isSwitchedOff(registry, beanFactory));
	}

	/**
	 * Return whether the application's registry would observe neither the models nor
	 * their HTTP requests.
	 */
	private static boolean isSwitchedOff(ObservationRegistry registry, ListableBeanFactory beanFactory) {
		Environment environment = beanFactory.getBeanProvider(Environment.class).getIfAvailable();
		if (environment == null || environment.getProperty(ALL_OBSERVATIONS, Boolean.class, true)) {
			return false;
		}
		return Stream.of(MODELS, "http.client.requests", "okhttp.requests")
			.allMatch((name) -> Observation.createNotStarted(name, registry).isNoop());
	}

}
