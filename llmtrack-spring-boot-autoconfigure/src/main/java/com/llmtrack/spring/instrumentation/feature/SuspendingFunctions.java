// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.logging.LogOnce;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/**
 * Calls methods that may be written in Kotlin, so that all of their coroutines run under
 * the feature of the current thread.
 * <p>
 * Spring AOP starts a suspending function in a new coroutine, which only takes the
 * context of the caller's continuation. Without {@code kotlinx-coroutines-reactor} it
 * does not. Separate from {@link Coroutines}, because Kotlin's coroutines may be absent.
 */
final class SuspendingFunctions {

	private static final boolean COROUTINES = isPresent("kotlinx.coroutines.ThreadContextElement");

	private static final boolean STARTED_BY_SPRING = isPresent("kotlinx.coroutines.reactor.MonoKt");

	private static final Log logger = LogFactory.getLog(SuspendingFunctions.class);

	private static final LogOnce reported = LogOnce.forever();

	private SuspendingFunctions() {
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, SuspendingFunctions.class.getClassLoader());
	}

	/**
	 * Proceed with a call.
	 * @param invocation the call
	 * @return the result of the method
	 * @throws Throwable if the method throws it
	 */
	static @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
		if (!COROUTINES || !(invocation instanceof ProxyMethodInvocation proxied)) {
			return invocation.proceed();
		}
		boolean suspending = KotlinDetector.isSuspendingFunction(invocation.getMethod());
		carryToCoroutines(proxied, suspending && STARTED_BY_SPRING);
		return (suspending && !STARTED_BY_SPRING) ? Coroutines.proceedInContext(proxied) : invocation.proceed();
	}

	private static void carryToCoroutines(ProxyMethodInvocation invocation, boolean suspending) {
		try {
			Coroutines.carryInArguments(invocation, suspending);
		}
		catch (RuntimeException | LinkageError ex) {
			// The method still has to be called
			if (reported.isDue("")) {
				logger.warn("@LlmFeature has no effect on coroutines, because Kotlin's library does not fit: " + ex);
			}
		}
	}

}
