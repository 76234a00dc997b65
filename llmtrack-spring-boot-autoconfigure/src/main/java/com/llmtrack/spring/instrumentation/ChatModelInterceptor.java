/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import java.lang.invoke.MethodHandle;

import com.llmtrack.spring.LlmRequestStatus;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Measures what goes through {@code call} and {@code stream} of one model. Arguments,
 * results and exceptions pass unchanged; runs on the caller's thread and adds no wait.
 */
final class ChatModelInterceptor implements MethodInterceptor {

	private final ModelCallTracker tracker;

	private final ShortcutMethods shortcuts = new ShortcutMethods();

	ChatModelInterceptor(ModelCallTracker tracker) {
		this.tracker = tracker;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		MethodHandle shortcut = this.shortcuts.find(invocation);
		if (shortcut != null) {
			return this.shortcuts.invokeMeasured(shortcut, invocation, this);
		}
		if (Flux.class.isAssignableFrom(invocation.getMethod().getReturnType())) {
			return stream(invocation);
		}
		return call(invocation);
	}

	private @Nullable Object call(MethodInvocation invocation) throws Throwable {
		ModelCall call = this.tracker.begin();
		ModelCall outer = ModelCallTracker.enter(call);
		try {
			Object result = invocation.proceed();
			if (result instanceof ChatResponse response) {
				this.tracker.observe(call, response);
			}
			this.tracker.end(call, LlmRequestStatus.SUCCESS, prompt(invocation), invocation.getThis());
			return result;
		}
		catch (Throwable ex) {
			this.tracker.fail(call, ex, prompt(invocation), invocation.getThis());
			throw ex;
		}
		finally {
			ModelCallTracker.enter(outer);
		}
	}

	private @Nullable Object stream(MethodInvocation invocation) throws Throwable {
		ModelCall assembly = new ModelCall(null, null);
		ModelCall outer = ModelCallTracker.enter(assembly);
		try {
			Object result = invocation.proceed();
			return (result instanceof Flux<?> flux && isMeasurable(invocation) && !assembly.isDelegated())
					? new MeasuredFlux<>(flux, this.tracker, prompt(invocation), invocation.getThis()) : result;
		}
		finally {
			ModelCallTracker.enter(outer);
			// A decorator may have sent the request already, by a call of another model
			if (assembly.isDelegated() && outer != null) {
				outer.delegate();
			}
		}
	}

	/**
	 * Return whether the caller can be given any {@link Flux}, and not just one of a
	 * kind.
	 */
	private static boolean isMeasurable(MethodInvocation invocation) {
		return invocation.getMethod().getReturnType() == Flux.class;
	}

	private static @Nullable Prompt prompt(MethodInvocation invocation) {
		return (invocation.getArguments()[0] instanceof Prompt prompt) ? prompt : null;
	}

}
