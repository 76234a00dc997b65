// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

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
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
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

	private final @Nullable StringValueResolver placeholders;

	/**
	 * Create names.
	 * @param declarations the classes that may have some
	 * @param placeholders resolves the placeholders in names, if anybody does
	 */
	FeatureNames(FeatureDeclarations declarations, @Nullable StringValueResolver placeholders) {
		setClassFilter(declarations);
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

	/**
	 * Report the names that are none, of all methods of a class.
	 */
	void check(Class<?> type) {
		MethodIntrospector.selectMethods(type, (Method method) -> matches(method, type));
	}

	private Optional<String> read(Method method, @Nullable Class<?> targetClass) {
		Class<?> type = (targetClass != null) ? targetClass : method.getDeclaringClass();
		LlmFeature ofMethod = annotation(method, targetClass);
		LlmFeature annotation = (ofMethod != null) ? ofMethod
				: AnnotatedElementUtils.findMergedAnnotation(type, LlmFeature.class);
		if (annotation == null) {
			return Optional.empty();
		}
		return name(annotation, (ofMethod != null) ? type.getName() + "." + method.getName() + "(…)" : type.getName());
	}

	private Optional<String> name(LlmFeature annotation, String place) {
		String name = resolve(annotation.value(), place);
		if (name.isEmpty()) {
			report("is blank, and so counts as none", place);
		}
		else if (name.length() > MAX_LENGTH) {
			report("has more than " + MAX_LENGTH + " characters, and is cut", place);
		}
		return Optional.of(name).filter(StringUtils::hasText);
	}

	private static @Nullable LlmFeature annotation(Method method, @Nullable Class<?> targetClass) {
		Method specificMethod = AopUtils.getMostSpecificMethod(method, targetClass);
		LlmFeature annotation = AnnotatedElementUtils.findMergedAnnotation(specificMethod, LlmFeature.class);
		return (annotation == null && specificMethod != method)
				? AnnotatedElementUtils.findMergedAnnotation(method, LlmFeature.class) : annotation;
	}

	private String resolve(String name, String place) {
		try {
			String resolved = (this.placeholders != null) ? this.placeholders.resolveStringValue(name) : name;
			return (resolved != null) ? resolved.strip() : "";
		}
		catch (IllegalArgumentException ex) {
			report("has a placeholder that can't be resolved: " + ex.getMessage(), place);
			return name.strip();
		}
	}

	private void report(String problem, String place) {
		if (this.reported.add(place)) {
			logger.warn("The name in @LlmFeature on " + place + " " + problem + ". Give it a name of 1 to " + MAX_LENGTH
					+ " characters.");
		}
	}

}
