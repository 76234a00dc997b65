// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the feature travel with Micrometer's context propagation, and so with Spring's
 * {@code ContextPropagatingTaskDecorator}, with streams that Spring MVC subscribes to,
 * and with Reactor where {@code spring.reactor.context-propagation} is {@code auto}.
 * Found by Micrometer itself, through {@link java.util.ServiceLoader}.
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

	@Override
	public @Nullable String getValue() {
		return LlmFeatureContext.current();
	}

	@Override
	public void setValue(Object value) {
		if (value instanceof String feature) {
			LlmFeatureContext.propagate(feature);
		}
		else {
			// What somebody else put under our key must not break their stream
			LlmFeatureContext.clear();
		}
	}

	@Override
	public void setValue() {
		LlmFeatureContext.clear();
	}

	@Override
	public void restore(Object previousValue) {
		LlmFeatureContext.restore();
	}

	@Override
	public void restore() {
		LlmFeatureContext.restore();
	}

}
