// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.invoke.MethodHandle;
import java.util.Set;

import com.llmtrack.spring.instrumentation.call.CallScope;
import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.StreamAssembly;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.model.ModelRequest;

/**
 * Records the requests that go through {@code call}, {@code stream} and {@code embed} of
 * one model, and throws the exception of a request that a budget refuses. Arguments,
 * results and other exceptions pass unchanged; runs on the caller's thread and adds no
 * wait but that for such a budget.
 */
final class ModelInterceptor implements MethodInterceptor {

	private static final Set<String> REQUESTS = Set.of("call", "stream");

	private final ModelCalls calls;

	private final ConvenienceMethods conveniences;

	private final @Nullable String modelName;

	private final boolean embeddings;

	private final @Nullable String provider;

	/**
	 * Create an interceptor.
	 * @param calls begins the calls
	 * @param conveniences knows the methods that only lead to others
	 * @param modelName name of the model's bean, if it has one
	 * @param embeddings whether to record embeddings, too, if the model makes any
	 */
	ModelInterceptor(ModelCalls calls, ConvenienceMethods conveniences, @Nullable String modelName,
			boolean embeddings) {
		this(calls, conveniences, modelName, embeddings, null);
	}

	/**
	 * Create an interceptor for a model whose class does not tell its provider.
	 */
	ModelInterceptor(ModelCalls calls, ConvenienceMethods conveniences, @Nullable String modelName, boolean embeddings,
			@Nullable String provider) {
		this.calls = calls;
		this.conveniences = conveniences;
		this.modelName = modelName;
		this.embeddings = embeddings;
		this.provider = provider;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (this.calls.isClosed() || !isRecorded(invocation)) {
			return invocation.proceed();
		}
		MethodHandle convenience = convenience(invocation);
		if (convenience != null) {
			return convenience.invokeWithArguments(invocation.getArguments());
		}
		if (invocation.getArguments().length == 0) {
			// A model may know its dimensions without a request
			return invocation.proceed();
		}
		if (Flux.class.isAssignableFrom(invocation.getMethod().getReturnType())) {
			return stream(invocation);
		}
		return call(invocation);
	}

	/**
	 * Return whether invocations of this kind are recorded. One class may be a chat
	 * model, an embedding model and any other kind of model at once.
	 */
	private boolean isRecorded(MethodInvocation invocation) {
		ModelRequest<?> request = request(invocation);
		if (request != null) {
			return request instanceof Prompt || (this.embeddings && request instanceof EmbeddingRequest);
		}
		return this.embeddings || REQUESTS.contains(invocation.getMethod().getName());
	}

	private @Nullable MethodHandle convenience(MethodInvocation invocation) {
		try {
			return this.conveniences.find(invocation, this);
		}
		catch (Throwable ex) {
			this.calls.contain(ex);
			return null;
		}
	}

	private @Nullable Object call(MethodInvocation invocation) throws Throwable {
		ModelCall call = this.calls.begin(model(invocation), request(invocation));
		RuntimeException refusal = this.calls.refusal(call);
		if (refusal != null) {
			throw refusal;
		}
		try (CallScope scope = call.enter()) {
			Object result = invocation.proceed();
			call.observe(result);
			call.succeed();
			return result;
		}
		catch (Throwable ex) {
			UnsentRequests.fail(call, ex);
			throw ex;
		}
	}

	private @Nullable Object stream(MethodInvocation invocation) throws Throwable {
		StreamAssembly assembly = this.calls.assemble(model(invocation), request(invocation));
		try (CallScope scope = assembly.enter()) {
			Object result = invocation.proceed();
			return (result instanceof Flux<?> flux && mayBeReplaced(invocation))
					? new InstrumentedFlux<>(flux, this.calls, assembly) : result;
		}
	}

	/**
	 * Return whether the caller accepts any {@link Flux}, and not only one of a kind.
	 */
	private static boolean mayBeReplaced(MethodInvocation invocation) {
		return invocation.getMethod().getReturnType() == Flux.class;
	}

	private CalledModel model(MethodInvocation invocation) {
		Object target = null;
		try {
			target = invocation.getThis();
		}
		catch (Throwable ex) {
			this.calls.contain(ex);
		}
		return new CalledModel(this.modelName, target, this.provider);
	}

	private static @Nullable ModelRequest<?> request(MethodInvocation invocation) {
		@Nullable Object[] arguments = invocation.getArguments();
		return (arguments.length > 0 && arguments[0] instanceof ModelRequest<?> request) ? request : null;
	}

}
