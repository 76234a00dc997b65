// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;

/**
 * The model that a request is made of, as far as the place that sees the request knows
 * it.
 *
 * @param name name of its bean, or the name it was instrumented with
 * @param target the model itself
 * @param observedProvider the provider that the model named in an observation
 */
public record CalledModel(@Nullable String name, @Nullable Object target, @Nullable String observedProvider) {

	/**
	 * A model that is called through a proxy.
	 */
	public static CalledModel proxied(@Nullable String name, @Nullable Object target) {
		return new CalledModel(name, target, null);
	}

	/**
	 * A model of which nothing but an observation is seen.
	 */
	public static CalledModel observed(@Nullable String name, String provider) {
		return new CalledModel(name, null, provider);
	}

	/**
	 * Return where requests of the model are seen.
	 */
	public Tap tap() {
		return (this.observedProvider != null) ? Tap.OBSERVATION : Tap.PROXY;
	}

	/**
	 * Return the provider in LLMtrack's spelling.
	 */
	public String provider() {
		if (this.observedProvider != null) {
			return this.observedProvider;
		}
		return (this.target != null) ? ModelProviders.providerOf(AopProxyUtils.ultimateTargetClass(this.target))
				: LlmUsageEvent.UNKNOWN;
	}

	/**
	 * Return whether another model is the same object behind its proxies, as behind a
	 * scoped proxy.
	 */
	public boolean isSameAs(CalledModel other) {
		return this.target != null && other.target != null
				&& ultimateTarget(this.target) == ultimateTarget(other.target);
	}

	private static Object ultimateTarget(Object candidate) {
		Object target = candidate;
		for (Object next = target; next != null; next = AopProxyUtils.getSingletonTarget(next)) {
			target = next;
		}
		return target;
	}

	/**
	 * Return whether each call of the model is one request, as with Spring AI's own
	 * models. One of the application's own may as well pass calls on to others, repeat
	 * them or answer by itself.
	 */
	public boolean isSpringAis() {
		return this.target != null && ModelProviders.isSpringAis(AopProxyUtils.ultimateTargetClass(this.target));
	}

}
