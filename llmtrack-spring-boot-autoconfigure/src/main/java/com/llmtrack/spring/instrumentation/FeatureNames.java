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
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;

/**
 * Which feature a method belongs to by its annotations: the method's own, that of the
 * interface method it implements, or that of its class. Looked up once per method that is
 * called under a feature.
 */
final class FeatureNames extends StaticMethodMatcherPointcut {

	private final Map<MethodClassKey, Optional<String>> names = new ConcurrentHashMap<>();

	FeatureNames() {
		setClassFilter((type) -> AnnotationUtils.isCandidateClass(type, LlmFeature.class));
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

	private static Optional<String> read(Method method, @Nullable Class<?> targetClass) {
		Method specificMethod = AopUtils.getMostSpecificMethod(method, targetClass);
		LlmFeature annotation = AnnotatedElementUtils.findMergedAnnotation(specificMethod, LlmFeature.class);
		if (annotation == null && specificMethod != method) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(method, LlmFeature.class);
		}
		if (annotation == null) {
			Class<?> type = (targetClass != null) ? targetClass : method.getDeclaringClass();
			annotation = AnnotatedElementUtils.findMergedAnnotation(type, LlmFeature.class);
		}
		return Optional.ofNullable(annotation).map(LlmFeature::value).map(String::strip).filter(StringUtils::hasText);
	}

}
