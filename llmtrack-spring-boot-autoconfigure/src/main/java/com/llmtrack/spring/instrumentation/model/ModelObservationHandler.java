// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.CallContext;
import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.ObservedCalls;
import com.llmtrack.spring.instrumentation.usage.ModelProviders;
import com.llmtrack.spring.instrumentation.usage.SpringAiApi;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.model.ModelRequest;
import org.springframework.ai.model.observation.ModelObservationContext;

/**
 * Records the requests of models without a proxy, by the observations that they make: of
 * a final model that was injected by its class, or one that the application built by
 * hand. A model with a proxy is left to it. Called within the application's calls and
 * streams, which an exception would break; runs on any thread.
 */
final class ModelObservationHandler implements ObservationHandler<ModelObservationContext<?, ?>> {

	/** Key of the call that an observation belongs to, if it has no call of its own. */
	private static final String OWNER = ModelObservationHandler.class.getName() + ".owner";

	private final ModelCalls calls;

	private final ObservedCalls observed;

	private final ModelBeans beans;

	/**
	 * Create a handler.
	 * @param calls begins the calls
	 * @param beans the model beans that the observations may come from
	 */
	ModelObservationHandler(ModelCalls calls, ModelBeans beans) {
		this.calls = calls;
		this.observed = calls.observed();
		this.beans = beans;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		// A registry may outlive the application context that it was in
		boolean supported = !this.calls.isClosed() && (context instanceof ChatModelObservationContext
				|| (context instanceof EmbeddingModelObservationContext && this.calls.settings().embeddings()));
		if (supported) {
			UnsentRequests.see(context);
		}
		return supported;
	}

	@Override
	public void onStart(ModelObservationContext<?, ?> context) {
		try {
			// One registry may be two beans, or a bean of two contexts
			if (context.containsKey(ModelObservationHandler.class)) {
				return;
			}
			context.put(ModelObservationHandler.class, this);
			ModelCall owner = this.observed.claim(context, request(context));
			if (owner == null) {
				begin(context);
			}
			else if (this.observed.join(owner, context::getResponse)) {
				context.put(OWNER, owner);
			}
		}
		catch (Throwable ex) {
			this.calls.contain(ex);
		}
	}

	private static @Nullable ModelRequest<?> request(ModelObservationContext<?, ?> context) {
		return (context.getRequest() instanceof ModelRequest<?> request) ? request : null;
	}

	/**
	 * Return whether an observation need not be made, as it is that of a call which is
	 * seen better.
	 */
	boolean isSuperfluous(ModelObservationContext<?, ?> context) {
		try {
			ModelCall owner = this.observed.claim(context, request(context));
			return owner != null && !owner.model().isObservedOnly();
		}
		catch (Throwable ex) {
			this.calls.contain(ex);
			return false;
		}
	}

	/**
	 * Return why the request of an observation that is about to be made must not be made,
	 * or {@code null} if it may be.
	 */
	@Nullable RuntimeException refusal(ModelObservationContext<?, ?> context) {
		try {
			if (UnsentRequests.isQuestion(context) || context.containsKey(CallContext.class)
					|| !supportsContext(context)) {
				return null;
			}
			ModelRequest<?> request = request(context);
			CalledModel model = (this.observed.claim(context, request) == null) ? model(context) : null;
			if (model == null) {
				return null;
			}
			CallContext found = this.observed.contextOf(model, request);
			context.put(CallContext.class, found);
			return this.observed.refusal(model, request, found);
		}
		catch (Throwable ex) {
			this.calls.contain(ex);
			return null;
		}
	}

	private void begin(ModelObservationContext<?, ?> context) {
		CalledModel model = model(context);
		if (model != null) {
			ModelRequest<?> request = request(context);
			CallContext found = context.get(CallContext.class);
			ModelCall call = (found != null) ? this.observed.begin(model, request, found)
					: this.observed.begin(model, request);
			call.observeLater(context::getResponse);
			context.put(ModelCall.class, call);
		}
	}

	/**
	 * Return the model that makes an observation, or {@code null} if its requests are not
	 * recorded.
	 */
	private @Nullable CalledModel model(ModelObservationContext<?, ?> context) {
		String provider = ModelProviders.providerObservedAs(context.getOperationMetadata().provider());
		Class<?> kind = (context instanceof EmbeddingModelObservationContext) ? EmbeddingModel.class
				: StreamingChatModel.class;
		return (ModelProviders.isLocal(provider) || this.beans.isExcluded(provider, kind)) ? null
				: CalledModel.observed(name(provider, kind, ModelCall.current()), provider);
	}

	/**
	 * Return the name of the model: that of the surrounding call if its provider is the
	 * same, as with a subclass of one of Spring AI's models.
	 */
	private @Nullable String name(String provider, Class<?> kind, @Nullable ModelCall enclosing) {
		return (enclosing != null && enclosing.model().provider().equals(provider)) ? enclosing.model().name()
				: this.beans.nameOfObserved(provider, kind);
	}

	@Override
	public void onStop(ModelObservationContext<?, ?> context) {
		try {
			if (context.get(ModelObservationHandler.class) != this) {
				return;
			}
			ModelCall call = context.get(ModelCall.class);
			ModelCall owner = context.get(OWNER);
			if (call != null) {
				end(call, context);
			}
			else if (owner != null) {
				this.observed.stopped(owner, context, context.getResponse());
			}
		}
		catch (Throwable ex) {
			this.calls.contain(ex);
		}
	}

	private static void end(ModelCall call, ModelObservationContext<?, ?> context) {
		call.observePending();
		Throwable failure = context.getError();
		if (failure != null) {
			call.fail(failure);
		}
		else if (isCancelled(context)) {
			call.cancel();
		}
		else {
			call.succeed();
		}
	}

	/**
	 * Return whether a stream was cancelled: after a complete one the answer is known,
	 * and after a failed one the error.
	 */
	private static boolean isCancelled(ModelObservationContext<?, ?> context) {
		return context.getResponse() == null && context instanceof ChatModelObservationContext chat
				&& SpringAiApi.get().isStreaming(chat);
	}

}
