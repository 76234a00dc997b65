// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Adds the context to Micrometer's context propagation, and therefore to Spring's
 * {@code ContextPropagatingTaskDecorator}, to streams that Spring MVC subscribes to, and
 * to Reactor where {@code spring.reactor.context-propagation} is {@code auto}. Micrometer
 * finds it through {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
public final class LlmContextThreadLocalAccessor implements ThreadLocalAccessor<Object> {

	/**
	 * Create an accessor.
	 */
	public LlmContextThreadLocalAccessor() {
	}

	@Override
	public Object key() {
		return LlmContext.REACTOR_KEY;
	}

	/**
	 * Return the context of the current thread.
	 * @return the context, or {@code null} if it has no entries
	 */
	@Override
	public @Nullable LlmContext getValue() {
		LlmContext context = LlmContext.current();
		return context.isEmpty() ? null : context;
	}

	@Override
	public void setValue(Object value) {
		if (value instanceof LlmContext context) {
			LlmContextScope.propagate(context);
		}
		else {
			// A value of another type under our key must not break the stream
			setValue();
		}
	}

	/**
	 * Remove a context that came from another thread from the current one. A scope that
	 * the thread opened itself stays: Reactor clears whatever a stream's context lacks,
	 * also within the method that subscribes to the stream.
	 */
	@Override
	public void setValue() {
		LlmContextScope.clearPropagated();
	}

	@Override
	public void restore(Object previousValue) {
		restore();
	}

	/**
	 * Restore the context that the thread had before a value was set.
	 */
	@Override
	public void restore() {
		LlmContextScope.restore();
	}

}
