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

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.ModelRequest;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * The methods of a model that send a request: all overloads of {@code call} and
 * {@code stream}, those of {@code embed}, and {@code dimensions}, which may embed
 * something to see how long the result is.
 */
final class ModelMethods extends StaticMethodMatcherPointcut {

	static final ModelMethods POINTCUT = new ModelMethods();

	private ModelMethods() {
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return switch (method.getName()) {
			case "call", "stream" -> method.getParameterCount() == 1 && isRequest(method.getParameterTypes()[0]);
			case "embed", "embedForResponse" ->
				EmbeddingModel.class.isAssignableFrom(targetClass) && method.getParameterCount() > 0;
			case "dimensions" -> EmbeddingModel.class.isAssignableFrom(targetClass) && method.getParameterCount() == 0;
			default -> false;
		};
	}

	private static boolean isRequest(Class<?> type) {
		return ModelRequest.class.isAssignableFrom(type) || type == String.class || type == Message[].class;
	}

}
