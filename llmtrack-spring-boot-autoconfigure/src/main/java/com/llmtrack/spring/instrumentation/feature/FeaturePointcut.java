// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The methods that have a feature or a customer by their annotations: the method's own,
 * that of the interface method it implements, or that of its class. Most classes have no
 * such annotation. A cheap check, once per class, rules these out, because an application
 * starts hundreds of beans. Safe for any thread.
 */
final class FeaturePointcut extends StaticMethodMatcherPointcut {

	private static final String SPRING_BOOT = "org.springframework.boot.";

	private final Map<Class<?>, Boolean> types = new ConcurrentHashMap<>();

	private final Map<MethodClassKey, MethodContext> contexts = new ConcurrentHashMap<>();

	private final FeatureNames names;

	FeaturePointcut(FeatureNames names) {
		this.names = names;
		setClassFilter(this::hasFeatures);
	}

	/**
	 * Return whether any method of a class has a feature or a customer. Reports all names
	 * that are not valid when it sees the class for the first time.
	 */
	boolean hasFeatures(Class<?> type) {
		return !isSpringBoots(type) && this.types.computeIfAbsent(type, (key) -> isDeclaredInHierarchy(key)
				&& !MethodIntrospector.selectMethods(key, (Method method) -> matches(method, key)).isEmpty());
	}

	/**
	 * Return whether any method of a class has a feature, and not only a customer.
	 */
	boolean isFeatureDeclared(Class<?> type) {
		return !MethodIntrospector.selectMethods(type, (Method method) -> find(method, type).feature() != null)
			.isEmpty();
	}

	/**
	 * Return whether a class has annotations, whose names may not be valid.
	 */
	static boolean mayHaveFeatures(Class<?> type) {
		return !isSpringBoots(type) && isDeclaredInHierarchy(type);
	}

	/**
	 * Return whether a class is one of Spring Boot's own, as most beans are.
	 */
	private static boolean isSpringBoots(Class<?> type) {
		return type.getName().startsWith(SPRING_BOOT);
	}

	private static boolean isDeclaredInHierarchy(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (isDeclaredIn(current)) {
				return true;
			}
		}
		for (Class<?> implemented : ClassUtils.getAllInterfacesForClassAsSet(type)) {
			if (isDeclaredIn(implemented)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isDeclaredIn(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, LlmFeature.class)) {
			return false;
		}
		if (MergedAnnotations.from(type).isPresent(LlmFeature.class)) {
			return true;
		}
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			// Bridge targets are inspected separately
			if (!method.isBridge() && isDeclaredOn(method)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isDeclaredOn(Method method) {
		return hasFeature(method) || hasCustomer(method);
	}

	static boolean hasFeature(Method method) {
		return method.getAnnotations().length > 0 && MergedAnnotations.from(method).isPresent(LlmFeature.class);
	}

	static boolean hasCustomer(Method method) {
		if (method.getParameterCount() > 0) {
			for (Annotation[] annotations : method.getParameterAnnotations()) {
				if (annotations.length > 0 && MergedAnnotations.from(annotations).isPresent(LlmCustomerId.class)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Return the features of all methods that were looked at.
	 */
	Set<String> features() {
		return this.contexts.values()
			.stream()
			.map(MethodContext::feature)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

	/**
	 * Return whether any method that was looked at has a customer.
	 */
	boolean hasCustomers() {
		return this.contexts.values().stream().anyMatch((context) -> context.customer() != null);
	}

	/**
	 * Let go of the application, as one of its beans may outlive it.
	 */
	void close() {
		this.names.close();
		this.types.clear();
		this.contexts.clear();
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return method.getDeclaringClass() != Object.class && find(method, targetClass) != MethodContext.NONE;
	}

	/**
	 * Return what the annotations of a method say.
	 */
	MethodContext find(Method method, @Nullable Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(method, targetClass);
		MethodContext context = this.contexts.get(key);
		if (context == null) {
			context = MethodContext.of(feature(method, targetClass), customer(method, targetClass));
			this.contexts.put(key, context);
		}
		return context;
	}

	private static @Nullable CustomerParameter customer(Method method, @Nullable Class<?> targetClass) {
		Method specificMethod = AopUtils.getMostSpecificMethod(method, targetClass);
		return CustomerParameter.of(specificMethod, place(specificMethod, targetClass));
	}

	private @Nullable String feature(Method method, @Nullable Class<?> targetClass) {
		Class<?> type = (targetClass != null) ? targetClass : method.getDeclaringClass();
		LlmFeature ofMethod = annotation(method, targetClass);
		if (ofMethod != null) {
			return this.names.resolve(ofMethod, place(method, targetClass));
		}
		LlmFeature ofType = AnnotatedElementUtils.findMergedAnnotation(type, LlmFeature.class);
		return (ofType != null) ? this.names.resolve(ofType, type.getName()) : null;
	}

	private static String place(Method method, @Nullable Class<?> targetClass) {
		Class<?> type = (targetClass != null) ? targetClass : method.getDeclaringClass();
		return type.getName() + "." + method.getName() + "(…)";
	}

	private static @Nullable LlmFeature annotation(Method method, @Nullable Class<?> targetClass) {
		Method specificMethod = AopUtils.getMostSpecificMethod(method, targetClass);
		LlmFeature annotation = AnnotatedElementUtils.findMergedAnnotation(specificMethod, LlmFeature.class);
		return (annotation == null && specificMethod != method)
				? AnnotatedElementUtils.findMergedAnnotation(method, LlmFeature.class) : annotation;
	}

}
