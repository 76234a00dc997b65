// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.ref.WeakReference;
import java.util.function.UnaryOperator;

import com.llmtrack.spring.instrumentation.call.WeakIdentityMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * The model beans that stay as they are in the container, each with the interceptor for
 * it and the proxy that is injected instead: the same one as long as it is referenced.
 * Keeps neither a bean nor its proxy alive.
 */
final class RawModels {

	private final WeakIdentityMap<Proxied> models = new WeakIdentityMap<>();

	void add(Object model, MethodInterceptor interceptor, UnaryOperator<Object> proxyFactory) {
		this.models.putIfAbsent(model, new Proxied(interceptor, proxyFactory));
	}

	/**
	 * Return the interceptor for a raw model, and {@code null} for any other object.
	 */
	@Nullable MethodInterceptor interceptorOf(Object candidate) {
		Proxied proxied = this.models.get(candidate);
		return (proxied != null) ? proxied.interceptor : null;
	}

	/**
	 * Return the proxy of a raw model, and any other object as it is.
	 */
	Object instrumented(Object candidate) {
		Proxied proxied = this.models.get(candidate);
		return (proxied != null) ? proxied.proxyOf(candidate) : candidate;
	}

	void clear() {
		this.models.clear();
	}

	private static final class Proxied {

		private final MethodInterceptor interceptor;

		private final UnaryOperator<Object> factory;

		private WeakReference<@Nullable Object> proxy = new WeakReference<>(null);

		Proxied(MethodInterceptor interceptor, UnaryOperator<Object> factory) {
			this.interceptor = interceptor;
			this.factory = factory;
		}

		synchronized Object proxyOf(Object model) {
			Object proxy = this.proxy.get();
			if (proxy == null) {
				proxy = this.factory.apply(model);
				this.proxy = new WeakReference<>(proxy);
			}
			return proxy;
		}

	}

}
