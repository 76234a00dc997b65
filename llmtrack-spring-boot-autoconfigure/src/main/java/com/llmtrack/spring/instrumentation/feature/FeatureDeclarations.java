// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.LlmFeature;

import org.springframework.aop.ClassFilter;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ReflectionUtils;

/**
 * The classes that may have features: those with an {@link LlmFeature} annotation
 * anywhere in what they are made of. Finding out which methods it is meant for takes a
 * multiple of the time, which an application would notice when it starts, as it has
 * hundreds of beans and most have none. Looks at each class once.
 */
final class FeatureDeclarations implements ClassFilter {

	private final Map<Class<?>, Boolean> known = new ConcurrentHashMap<>();

	@Override
	public boolean matches(Class<?> type) {
		if (type.getName().startsWith("org.springframework.boot.")) {
			// Most beans are Spring Boot's own
			return false;
		}
		Boolean declared = this.known.get(type);
		if (declared == null) {
			declared = AnnotationUtils.isCandidateClass(type, LlmFeature.class)
					&& (isDeclaredIn(type) || isInherited(type));
			this.known.put(type, declared);
		}
		return declared;
	}

	private static boolean isDeclaredIn(Class<?> type) {
		if (MergedAnnotations.from(type).isPresent(LlmFeature.class)) {
			return true;
		}
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			// What a bridge leads to is looked at in its own right
			if (!method.isBridge() && method.getAnnotations().length > 0
					&& MergedAnnotations.from(method).isPresent(LlmFeature.class)) {
				return true;
			}
		}
		return false;
	}

	private boolean isInherited(Class<?> type) {
		Class<?> superclass = type.getSuperclass();
		if (superclass != null && matches(superclass)) {
			return true;
		}
		for (Class<?> inherited : type.getInterfaces()) {
			if (matches(inherited)) {
				return true;
			}
		}
		return false;
	}

}
