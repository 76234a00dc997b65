// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.io.Serializable;
import java.lang.reflect.Method;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.ModelRequest;
import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * The methods of a model that send a request: all overloads of {@code call} and
 * {@code stream}, those of {@code embed}, and {@code dimensions}, which may embed
 * something to see how long the result is. Serializable as a part of scoped proxies,
 * which applications may serialize.
 */
final class ModelMethods extends StaticMethodMatcherPointcut implements Serializable {

	private static final long serialVersionUID = 1L;

	static final ModelMethods POINTCUT = new ModelMethods();

	private ModelMethods() {
	}

	/**
	 * Return whether an advisor is one of those that instrument models.
	 */
	static boolean isPointcutOf(Advisor advisor) {
		return advisor instanceof PointcutAdvisor pointcutAdvisor
				&& pointcutAdvisor.getPointcut() instanceof ModelMethods;
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
