// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Interfaces whose methods Spring MVC and Spring WebFlux call once a method has returned
 * an implementation. By name, because they may be absent.
 */
final class CalledLater {

	private static final String CALLABLE = Callable.class.getName();

	private static final String BODY = "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody";

	private static final String FUNCTIONAL = "org.springframework.web.reactive.function.server.";

	/** The special ones first. Spring MVC knows those of its own by their class. */
	private static final List<String> RESPONSES = List.of(FUNCTIONAL + "EntityResponse",
			FUNCTIONAL + "RenderingResponse", FUNCTIONAL + "ServerResponse");

	private CalledLater() {
	}

	/**
	 * Return the names of all these interfaces.
	 */
	static List<String> names() {
		List<String> names = new ArrayList<>(RESPONSES);
		names.add(CALLABLE);
		names.add(BODY);
		return names;
	}

	/**
	 * Return whether results of a declared type are called later.
	 */
	static boolean isResult(Class<?> type) {
		return CALLABLE.equals(type.getName()) || BODY.equals(type.getName());
	}

	/**
	 * Return the interface of a body that is called later, or {@code null}.
	 */
	static @Nullable Class<?> ofBody(Object body) {
		return find(body, List.of(BODY));
	}

	/**
	 * Return the interface of a functional response that Spring has built, or
	 * {@code null}. Code may refer to such a response by its interfaces only.
	 */
	static @Nullable Class<?> ofResponse(Object response) {
		return response.getClass().getName().startsWith(FUNCTIONAL) ? find(response, RESPONSES) : null;
	}

	private static @Nullable Class<?> find(Object object, List<String> names) {
		Set<Class<?>> interfaces = ClassUtils.getAllInterfacesForClassAsSet(object.getClass());
		return names.stream()
			.flatMap((name) -> interfaces.stream().filter((type) -> type.getName().equals(name)))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Create a proxy that calls an object under the feature of the current thread.
	 * @param object the object
	 * @param type its interface
	 * @param wrapper wraps what a method of that type returns
	 */
	static Object proxy(Object object, Class<?> type, BiFunction<Object, Method, Object> wrapper) {
		LlmContext context = LlmContext.current();
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
			try (LlmContextScope scope = context.open()) {
				return invoke(object, method, arguments, wrapper);
			}
		});
	}

	private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments,
			BiFunction<Object, Method, Object> wrapper) throws Throwable {
		try {
			Object result = method.invoke(target, arguments);
			return (result != null) ? wrapper.apply(result, method) : null;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
