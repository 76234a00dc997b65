// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;

/**
 * The model that a call is made to, as far as it is known where the call is seen.
 *
 * @param name name of its bean, or the name it was instrumented with
 * @param target the model itself, if known
 * @param observedProvider the provider that the model named in an observation, if one was
 * all that was seen
 */
public record CalledModel(@Nullable String name, @Nullable Object target, @Nullable String observedProvider) {

	/**
	 * A model that is called through a proxy.
	 */
	public static CalledModel proxied(@Nullable String name, @Nullable Object target) {
		return new CalledModel(name, target, null);
	}

	/**
	 * A model that is known by an observation only.
	 */
	public static CalledModel observed(@Nullable String name, String provider) {
		return new CalledModel(name, null, provider);
	}

	/**
	 * Return the provider in LLMtrack's spelling.
	 */
	public String provider() {
		if (this.observedProvider != null) {
			return this.observedProvider;
		}
		return (this.target != null) ? ModelProviders.providerOf(classOf(this.target)) : LlmUsageEvent.UNKNOWN;
	}

	/**
	 * Return whether another model is the same object behind its proxies, as behind a
	 * scoped proxy.
	 */
	boolean isSameAs(CalledModel other) {
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
	 * Return whether the model is one of Spring AI's, each call of which is one request.
	 * A model of the application may also pass calls on to others, repeat them or answer
	 * by itself.
	 */
	public boolean isSpringAiModel() {
		return this.target != null && ModelProviders.isSpringAiModel(classOf(this.target));
	}

	private static Class<?> classOf(Object target) {
		try {
			return AopProxyUtils.ultimateTargetClass(target);
		}
		catch (Throwable ex) {
			// A target source that does not say what is behind it
			return target.getClass();
		}
	}

}
