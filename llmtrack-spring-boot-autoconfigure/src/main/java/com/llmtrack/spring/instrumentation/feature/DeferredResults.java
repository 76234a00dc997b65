// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.Method;
import java.util.function.UnaryOperator;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.GroupedFlux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Results of methods that do their work after the method has returned: all reactive types
 * that Spring knows, and what Spring MVC and Spring WebFlux call later. They may be the
 * body of a response, which may itself be the value of such a result. Those already under
 * way when they are returned, as a {@code CompletableFuture} is, are not among them, nor
 * is what is iterated over later.
 */
final class DeferredResults {

	private static final Log logger = LogFactory.getLog(DeferredResults.class);

	private static final LogOnce reported = LogOnce.forever();

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
		return wrap(result, method.getReturnType());
	}

	private static Object wrap(Object result, Class<?> type) {
		if (CalledLater.isResult(type)) {
			return calledLater(result, type);
		}
		Object wrapped = ResponseBodies.isIn(result) ? wrapResponse(result) : wrapReactive(result, type);
		return type.isInstance(wrapped) ? wrapped : result;
	}

	/**
	 * Wrap a value if it is a response. Any other value stays as it is, because its
	 * receiver may know its class.
	 */
	private static Object wrapResponse(Object value) {
		if (ResponseBodies.isIn(value)) {
			return ResponseBodies.replace(value, DeferredResults::wrapBody);
		}
		Class<?> type = CalledLater.ofResponse(value);
		return (type != null) ? calledLater(value, type) : value;
	}

	private static Object wrapBody(Object body) {
		Class<?> type = CalledLater.ofBody(body);
		return (type != null) ? calledLater(body, type) : wrapReactive(body, body.getClass());
	}

	private static Object calledLater(Object object, Class<?> type) {
		return CalledLater.proxy(object, type, (result, method) -> wrapSafely(result, (later) -> wrap(later, method)));
	}

	private static Object wrapReactive(Object result, Class<?> type) {
		if (result instanceof Mono<?> mono) {
			return LlmContext.current().wrap(withWrappedValue(mono));
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
		boolean flow = adapter.getReactiveType().getName().equals("kotlinx.coroutines.flow.Flow");
		Publisher<Object> source = adapter.toPublisher(flow ? Coroutines.carryInFlow(result) : result);
		return adapter.fromPublisher(adapter.isMultiValue() ? LlmContext.current().wrap(Flux.from(source))
				: LlmContext.current().wrap(withWrappedValue(Mono.from(source))));
	}

	private static Mono<?> withWrappedValue(Mono<?> mono) {
		LlmContext context = LlmContext.current();
		return mono.map((value) -> context.call(() -> wrapSafely(value, DeferredResults::wrapResponse)));
	}

	/**
	 * Wrap what arrives after the method has returned, and has to arrive in any case.
	 */
	private static Object wrapSafely(Object value, UnaryOperator<Object> wrapper) {
		try {
			return wrapper.apply(value);
		}
		catch (RuntimeException | LinkageError ex) {
			if (reported.isDue(value.getClass().getName())) {
				logger.warn("A response of " + value.getClass().getName() + " could not be put under its feature: "
						+ ex.getClass().getName());
			}
			return value;
		}
	}

}
