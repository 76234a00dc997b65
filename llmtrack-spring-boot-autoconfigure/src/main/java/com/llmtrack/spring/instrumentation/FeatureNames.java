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

package com.llmtrack.spring.instrumentation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.LlmFeature;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * Which feature a method belongs to by its annotations: the method's own, that of the
 * interface method it implements, or that of its class. Looked up once per method that is
 * called under a feature.
 */
final class FeatureNames extends StaticMethodMatcherPointcut {

	private static final int MAX_LENGTH = 200;

	private static final Log logger = LogFactory.getLog(FeatureNames.class);

	private final Map<MethodClassKey, Optional<String>> names = new ConcurrentHashMap<>();

	private final Set<String> reported = ConcurrentHashMap.newKeySet();

	private StringValueResolver placeholders = (name) -> name;

	FeatureNames() {
		setClassFilter((type) -> AnnotationUtils.isCandidateClass(type, LlmFeature.class));
	}

	void setPlaceholders(StringValueResolver placeholders) {
		this.placeholders = placeholders;
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return method.getDeclaringClass() != Object.class && read(method, targetClass).isPresent();
	}

	/**
	 * Return the feature of a method, or {@code null} if it is not annotated.
	 */
	@Nullable String find(Method method, @Nullable Class<?> targetClass) {
		return this.names.computeIfAbsent(new MethodClassKey(method, targetClass), (key) -> read(method, targetClass))
			.orElse(null);
	}

	private Optional<String> read(Method method, @Nullable Class<?> targetClass) {
		LlmFeature annotation = annotation(method, targetClass);
		if (annotation == null) {
			return Optional.empty();
		}
		String name = resolve(annotation.value(), method, targetClass);
		if (name.isEmpty()) {
			report("is blank, and so counts as none", method, targetClass);
		}
		else if (name.length() > MAX_LENGTH) {
			report("has more than " + MAX_LENGTH + " characters, and is cut", method, targetClass);
		}
		return Optional.of(name).filter(StringUtils::hasText);
	}

	private static @Nullable LlmFeature annotation(Method method, @Nullable Class<?> targetClass) {
		Method specificMethod = AopUtils.getMostSpecificMethod(method, targetClass);
		LlmFeature annotation = AnnotatedElementUtils.findMergedAnnotation(specificMethod, LlmFeature.class);
		if (annotation == null && specificMethod != method) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(method, LlmFeature.class);
		}
		if (annotation == null) {
			Class<?> type = (targetClass != null) ? targetClass : method.getDeclaringClass();
			annotation = AnnotatedElementUtils.findMergedAnnotation(type, LlmFeature.class);
		}
		return annotation;
	}

	private String resolve(String name, Method method, @Nullable Class<?> targetClass) {
		try {
			String resolved = this.placeholders.resolveStringValue(name);
			return (resolved != null) ? resolved.strip() : "";
		}
		catch (IllegalArgumentException ex) {
			report("has a placeholder that can't be resolved: " + ex.getMessage(), method, targetClass);
			return name.strip();
		}
	}

	private void report(String problem, Method method, @Nullable Class<?> targetClass) {
		Class<?> type = (targetClass != null) ? targetClass : method.getDeclaringClass();
		String place = type.getName() + "." + method.getName();
		if (this.reported.add(place)) {
			logger.warn("The name in @LlmFeature on " + place + "(…) or its class " + problem
					+ ". Give it a name of 1 to " + MAX_LENGTH + " characters.");
		}
	}

}
