// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Adds the feature to Micrometer's context propagation, and therefore to Spring's
 * {@code ContextPropagatingTaskDecorator}, to streams that Spring MVC subscribes to, and
 * to Reactor where {@code spring.reactor.context-propagation} is {@code auto}. Micrometer
 * finds it through {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
public final class LlmFeatureThreadLocalAccessor implements ThreadLocalAccessor<Object> {

	/**
	 * Create an accessor.
	 */
	public LlmFeatureThreadLocalAccessor() {
	}

	@Override
	public Object key() {
		return LlmFeatureContext.REACTOR_KEY;
	}

	/**
	 * Return the feature of the current thread. A scope without a feature hides the
	 * feature of an outer call or a tool, so it differs from no scope.
	 * @return the name of the feature, empty for a scope without one, or {@code null} if
	 * there is no scope
	 */
	@Override
	public @Nullable String getValue() {
		return LlmFeatureContext.ofScope();
	}

	@Override
	public void setValue(Object value) {
		if (value instanceof String feature) {
			LlmFeatureContext.open(feature.strip(), true);
		}
		else {
			// A value of another type under our key must not break the stream
			setValue();
		}
	}

	/**
	 * Remove a feature that came from another thread from the current one. A scope that
	 * the thread opened itself stays: Reactor clears whatever a stream's context lacks,
	 * also within the method that subscribes to the stream.
	 */
	@Override
	public void setValue() {
		LlmFeatureContext.Scope own = LlmFeatureContext.innermost();
		while (own != null && own.propagated) {
			own = own.outer;
		}
		LlmFeatureContext.open((own != null) ? own.feature : null, true);
	}

	@Override
	public void restore(Object previousValue) {
		restore();
	}

	/**
	 * Restore the feature that the thread had before a value was set.
	 */
	@Override
	public void restore() {
		LlmFeatureContext.Scope scope = LlmFeatureContext.innermost();
		while (scope != null && !scope.propagated) {
			scope = scope.outer;
		}
		if (scope != null) {
			scope.close();
		}
	}

}
