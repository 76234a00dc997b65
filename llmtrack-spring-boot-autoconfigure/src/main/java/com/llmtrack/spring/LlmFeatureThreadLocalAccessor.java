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
