// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.function.Function;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * The model that a call is made to, as far as it is known where the call is seen.
 *
 * @param name name of its bean, or the name it was instrumented with
 * @param target the model itself, if known
 * @param namedProvider the provider where the class of the target does not tell it: the
 * one that an observation names, or that of the model which the target wraps
 */
public record CalledModel(@Nullable String name, @Nullable Object target, @Nullable String namedProvider) {

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
	 * Return whether the model is known by an observation only.
	 */
	public boolean isObservedOnly() {
		return this.target == null && this.namedProvider != null;
	}

	/**
	 * Return the provider in LLMtrack's spelling, as it is known from the model's class
	 * or its observation.
	 */
	public String provider() {
		if (this.namedProvider != null) {
			return this.namedProvider;
		}
		return (this.target != null) ? ModelProviders.providerOf(classOf(this.target)) : LlmUsageEvent.UNKNOWN;
	}

	/**
	 * Return the provider that serves the model, which may be another one with the same
	 * API.
	 * @param beans finds a bean by its name, if it has been created
	 */
	String servingProvider(Function<String, @Nullable Object> beans) {
		String provider = provider();
		try {
			Object model = (this.target == null && this.name != null) ? beans.apply(this.name) : this.target;
			Object ultimate = (model != null) ? ultimateTarget(model) : null;
			// An observation may have the name of another bean's proxy, or of none
			return (ultimate != null && ModelProviders.providerOf(ultimate.getClass()).equals(provider))
					? ModelProviders.providerServing(ultimate) : provider;
		}
		catch (Throwable ex) {
			// A target source that does not say what is behind it
			return provider;
		}
	}

	/**
	 * Return whether another model, which is called within a call of this one, is the
	 * same one behind its proxies. A proxy may have another target each time, as that of
	 * a scope has: then the name of the bean or the class must do.
	 */
	boolean isSameAs(CalledModel other) {
		if (this.target == null || other.target == null) {
			return false;
		}
		Object mine = ultimateTarget(this.target);
		Object others = ultimateTarget(other.target);
		return mine == others || (this.name != null && this.name.equals(other.name))
				|| (mine instanceof Advised && classOf(mine).isInstance(others));
	}

	/**
	 * Return the object behind proxies. Asks only targets that are the same for each
	 * call: another one could create its target for this.
	 * @param candidate a proxy or any other object
	 * @return the object behind all of them, perhaps a proxy with another kind of target
	 */
	public static Object ultimateTarget(Object candidate) {
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

	/**
	 * Return whether the model is one of the application, and neither one of Spring AI's
	 * nor one that makes observations as these do.
	 */
	boolean isApplications() {
		return !isObservedOnly() && !isSpringAiModel();
	}

	/**
	 * Return the class of the model behind any proxy, if it is known.
	 */
	@Nullable Class<?> targetClass() {
		return (this.target != null) ? classOf(this.target) : null;
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
