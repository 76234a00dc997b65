// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.LlmFeature;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.StringValueResolver;

/**
 * What puts beans with {@link LlmFeature} annotations under their features. Most beans
 * have none: they are told quickly, and nothing else is loaded before there is something
 * to advise. Safe for any thread.
 */
final class FeatureAdvice {

	private final FeatureDeclarations declarations = new FeatureDeclarations();

	private final Map<Class<?>, Boolean> annotated = new ConcurrentHashMap<>();

	private @Nullable StringValueResolver placeholders;

	private @Nullable FeatureNames names;

	/**
	 * Have placeholders in names resolved.
	 */
	synchronized void setPlaceholders(StringValueResolver placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Return the interceptor for beans of a class, or {@code null} if there is nothing to
	 * advise.
	 */
	@Nullable MethodInterceptor find(Class<?> type) {
		return (this.declarations.matches(type) && isAnnotated(type)) ? new FeatureInterceptor(names()) : null;
	}

	/**
	 * Return the methods to intercept.
	 */
	Pointcut pointcut() {
		return names();
	}

	private boolean isAnnotated(Class<?> type) {
		// Prototypes come by often, and looking through all their methods takes its time
		return this.annotated.computeIfAbsent(type, (key) -> {
			boolean annotated = AopUtils.canApply(names(), key);
			if (annotated) {
				// One good name ended the search for more
				names().check(key);
			}
			return annotated;
		});
	}

	private synchronized FeatureNames names() {
		FeatureNames names = this.names;
		if (names == null) {
			names = new FeatureNames(this.declarations, this.placeholders);
			this.names = names;
		}
		return names;
	}

}
