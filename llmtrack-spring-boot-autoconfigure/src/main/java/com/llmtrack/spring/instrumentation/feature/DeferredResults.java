// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.Callable;

import com.llmtrack.spring.LlmFeatureContext;
import org.reactivestreams.Publisher;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.GroupedFlux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * Puts results of methods that do their work after the method has returned under the
 * feature of the method: all reactive types that Spring knows, and what Spring MVC calls
 * later, also as the body of a response. A {@code CompletableFuture} is under way already
 * when it is returned, and so is not among them; nor is what is iterated over later.
 */
final class DeferredResults {

	private static final Set<String> CALLED_LATER = Set.of(Callable.class.getName(),
			"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody");

	private DeferredResults() {
	}

	/**
	 * Return the result of a method, which does its work under a feature.
	 * @param feature the feature
	 * @param result the result
	 * @param method the method
	 * @return the same, or something of the declared type that does the same
	 */
	static Object under(String feature, Object result, Method method) {
		if (ResponseBodies.isIn(result)) {
			Class<?> type = ResolvableType.forMethodReturnType(method).getGeneric(0).resolve(Object.class);
			return ResponseBodies.replace(result, (body) -> under(feature, body, type));
		}
		return under(feature, result, method.getReturnType());
	}

	private static Object under(String feature, Object result, Class<?> type) {
		if (result instanceof Mono<?> mono) {
			return type.isAssignableFrom(FeatureMono.class) ? new FeatureMono<>(mono, feature) : result;
		}
		if (result instanceof Flux<?> flux) {
			return (type.isAssignableFrom(FeatureFlux.class) && !(flux instanceof ConnectableFlux)
					&& !(flux instanceof GroupedFlux)) ? FeatureFlux.of(flux, feature) : result;
		}
		if (CALLED_LATER.contains(type.getName())) {
			return calledUnder(feature, result, type);
		}
		// Not sooner, as it loads all of Reactor
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		return (adapter != null && adapter.getDescriptor().isDeferred() && !isUnderWay(adapter))
				? adapted(feature, result, type, adapter) : result;
	}

	/**
	 * Return whether results of a type are under way already, as a future is: a copy
	 * could not cancel the original.
	 */
	private static boolean isUnderWay(ReactiveAdapter adapter) {
		return adapter.getReactiveType().getName().equals("kotlinx.coroutines.Deferred");
	}

	private static Object adapted(String feature, Object result, Class<?> type, ReactiveAdapter adapter) {
		Publisher<Object> source = adapter.toPublisher(result);
		Publisher<Object> publisher = adapter.isMultiValue() ? FeatureFlux.of(Flux.from(source), feature)
				: new FeatureMono<>(Mono.from(source), feature);
		Object adapted = adapter.fromPublisher(publisher);
		return type.isInstance(adapted) ? adapted : result;
	}

	private static Object calledUnder(String feature, Object result, Class<?> type) {
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
			try (LlmFeatureContext.Scope scope = LlmFeatureContext.open(feature)) {
				return method.invoke(result, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		});
	}

}
