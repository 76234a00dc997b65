// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.invoke.MethodHandle;
import java.util.Set;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCallTracker;
import com.llmtrack.spring.instrumentation.call.Tracking;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.model.ModelRequest;

/**
 * Measures what goes through {@code call}, {@code stream} and {@code embed} of one model.
 * Arguments, results and exceptions pass unchanged; runs on the caller's thread and adds
 * no wait.
 */
final class ModelInterceptor implements MethodInterceptor {

	private static final Set<String> REQUESTS = Set.of("call", "stream");

	private final Tracking tracking;

	private final ConvenienceMethods shortcuts;

	private final @Nullable String modelName;

	private final boolean embeddings;

	/**
	 * Create an interceptor.
	 * @param tracking follows the calls
	 * @param shortcuts knows the methods that only lead to others
	 * @param modelName name of the model's bean, if it has one
	 * @param embeddings whether to measure embeddings, too, in case that the model makes
	 * some
	 */
	ModelInterceptor(Tracking tracking, ConvenienceMethods shortcuts, @Nullable String modelName, boolean embeddings) {
		this.tracking = tracking;
		this.shortcuts = shortcuts;
		this.modelName = modelName;
		this.embeddings = embeddings;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (!isTracked(invocation)) {
			return invocation.proceed();
		}
		MethodHandle shortcut = this.shortcuts.find(invocation);
		if (shortcut != null) {
			return this.shortcuts.invokeMeasured(shortcut, invocation, this);
		}
		if (invocation.getArguments().length == 0) {
			// Of its dimensions, a model may simply know
			return invocation.proceed();
		}
		if (Flux.class.isAssignableFrom(invocation.getMethod().getReturnType())) {
			return stream(invocation);
		}
		return call(invocation);
	}

	/**
	 * Return whether an invocation is of a kind that is tracked. One class may be a chat
	 * model, an embedding model and any other kind of model at once.
	 */
	private boolean isTracked(MethodInvocation invocation) {
		ModelRequest<?> request = request(invocation);
		if (request != null) {
			return request instanceof Prompt || (this.embeddings && request instanceof EmbeddingRequest);
		}
		return this.embeddings || REQUESTS.contains(invocation.getMethod().getName());
	}

	private @Nullable Object call(MethodInvocation invocation) throws Throwable {
		ModelCallTracker tracker = this.tracking.tracker();
		ModelCall call = tracker.begin(calledModel(invocation), request(invocation));
		ModelCall outer = ModelCallTracker.enter(call);
		try {
			Object result = invocation.proceed();
			tracker.observe(call, result);
			tracker.end(call, LlmRequestStatus.SUCCESS);
			return result;
		}
		catch (Throwable ex) {
			tracker.fail(call, ex);
			throw ex;
		}
		finally {
			ModelCallTracker.enter(outer);
		}
	}

	private @Nullable Object stream(MethodInvocation invocation) throws Throwable {
		CalledModel model = calledModel(invocation);
		ModelCall assembly = ModelCall.assembly(model);
		ModelCall outer = ModelCallTracker.enter(assembly);
		try {
			Object result = invocation.proceed();
			return (result instanceof Flux<?> flux && isMeasurable(invocation) && !assembly.isDelegated())
					? new InstrumentedFlux<>(flux, this.tracking.tracker(), model, request(invocation)) : result;
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

	private CalledModel calledModel(MethodInvocation invocation) {
		return CalledModel.proxied(this.modelName, invocation.getThis());
	}

	private static @Nullable ModelRequest<?> request(MethodInvocation invocation) {
		@Nullable Object[] arguments = invocation.getArguments();
		return (arguments.length > 0 && arguments[0] instanceof ModelRequest<?> request) ? request : null;
	}

}
