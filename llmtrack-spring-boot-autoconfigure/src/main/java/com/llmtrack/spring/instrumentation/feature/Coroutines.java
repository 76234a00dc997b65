// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineScopeKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;

/**
 * Puts a {@link ContextElement} into the context of coroutines.
 */
final class Coroutines {

	private Coroutines() {
	}

	/**
	 * Replace what a function has of its caller's coroutines among its arguments: the
	 * continuation, and scopes, in which it may start the {@code Deferred} that it
	 * returns.
	 * @param invocation the call of the function
	 * @param suspending whether the last argument is a continuation
	 */
	static void carryInArguments(ProxyMethodInvocation invocation, boolean suspending) {
		Class<?>[] types = invocation.getMethod().getParameterTypes();
		@Nullable Object[] arguments = invocation.getArguments();
		// Spring AOP goes on with the array of the caller
		@Nullable Object[] carried = arguments.clone();
		boolean changed = false;
		for (int i = 0; i < types.length; i++) {
			if (types[i] == CoroutineScope.class && arguments[i] instanceof CoroutineScope scope) {
				carried[i] = CoroutineScopeKt.plus(scope, new ContextElement());
				changed = true;
			}
			else if (suspending && i == types.length - 1 && arguments[i] instanceof Continuation<?> caller) {
				carried[i] = new CarryingContinuation<>(caller);
				changed = true;
			}
		}
		if (changed) {
			invocation.setArguments(carried);
		}
	}

	/**
	 * Have a flow do its work under the feature of the current thread, on whatever thread
	 * it goes on; its collector keeps its own. Spring Framework does so by itself only
	 * since version 7.
	 */
	static Object carryInFlow(Object flow) {
		return FlowKt.flowOn((Flow<?>) flow, new ContextElement());
	}

	/**
	 * Proceed with a suspending function that is not started in a coroutine of its own:
	 * its caller has to go on with the context that it had.
	 */
	@SuppressWarnings("unchecked")
	static @Nullable Object proceedInContext(ProxyMethodInvocation invocation) {
		@Nullable Object[] arguments = invocation.getArguments().clone();
		int last = arguments.length - 1;
		Continuation<Object> caller = (Continuation<Object>) arguments[last];
		Function2<CoroutineScope, Continuation<? super Object>, @Nullable Object> function = (scope, continuation) -> {
			arguments[last] = continuation;
			invocation.setArguments(arguments);
			return proceed(invocation);
		};
		return BuildersKt.withContext(new ContextElement(), function, caller);
	}

	/**
	 * Proceed, and throw checked exceptions as Kotlin does.
	 */
	@SuppressWarnings("unchecked")
	private static <E extends Throwable> @Nullable Object proceed(MethodInvocation invocation) throws E {
		try {
			return invocation.proceed();
		}
		catch (Throwable ex) {
			throw (E) ex;
		}
	}

	/**
	 * The caller's continuation with another context. Spring AOP resumes the caller's
	 * own.
	 */
	private static final class CarryingContinuation<T> implements Continuation<T> {

		private final Continuation<T> caller;

		private final CoroutineContext context;

		CarryingContinuation(Continuation<T> caller) {
			this.caller = caller;
			this.context = caller.getContext().plus(new ContextElement());
		}

		@Override
		public CoroutineContext getContext() {
			return this.context;
		}

		@Override
		public void resumeWith(Object result) {
			this.caller.resumeWith(result);
		}

	}

}
