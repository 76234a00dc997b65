// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.Callable;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.GroupedFlux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * Results of methods that do their work after the method has returned: all reactive types
 * that Spring knows, and what Spring MVC calls later, also as the body of a response.
 * Those already under way when they are returned, as a {@code CompletableFuture} is, are
 * not among them, nor is what is iterated over later.
 */
final class DeferredResults {

	static final Set<String> CALLED_LATER = Set.of(Callable.class.getName(),
			"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody");

	private DeferredResults() {
	}

	/**
	 * Wrap the result of a method, so that it does its work under the feature of the
	 * current thread.
	 * @param result the result
	 * @param method the method
	 * @return the same, or something of the declared type that does the same
	 */
	static Object wrap(Object result, Method method) {
		if (ResponseBodies.isIn(result)) {
			Class<?> type = ResolvableType.forMethodReturnType(method).getGeneric(0).resolve(Object.class);
			return ResponseBodies.replace(result, (body) -> wrap(body, type));
		}
		return wrap(result, method.getReturnType());
	}

	private static Object wrap(Object result, Class<?> type) {
		if (CALLED_LATER.contains(type.getName())) {
			return wrapCalledLater(result, type);
		}
		Object wrapped = wrapReactive(result, type);
		return type.isInstance(wrapped) ? wrapped : result;
	}

	private static Object wrapReactive(Object result, Class<?> type) {
		if (result instanceof Mono<?> mono) {
			return LlmContext.current().wrap(mono);
		}
		if (result instanceof Flux<?> flux) {
			boolean special = flux instanceof ConnectableFlux || flux instanceof GroupedFlux;
			return special ? flux : LlmContext.current().wrap(flux);
		}
		// Not sooner, as it loads all of Reactor
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		return (adapter != null && adapter.getDescriptor().isDeferred() && !isUnderWay(adapter))
				? wrapAdapted(result, adapter) : result;
	}

	/**
	 * Return whether results of a type are under way already, as a future is: a copy
	 * could not cancel the original.
	 */
	private static boolean isUnderWay(ReactiveAdapter adapter) {
		return adapter.getReactiveType().getName().equals("kotlinx.coroutines.Deferred");
	}

	private static Object wrapAdapted(Object result, ReactiveAdapter adapter) {
		Publisher<Object> source = adapter.toPublisher(result);
		return adapter.fromPublisher(adapter.isMultiValue() ? LlmContext.current().wrap(Flux.from(source))
				: LlmContext.current().wrap(Mono.from(source)));
	}

	private static Object wrapCalledLater(Object result, Class<?> type) {
		LlmContext context = LlmContext.current();
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> context.call(() -> invoke(result, method, arguments)));
	}

	private static Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
