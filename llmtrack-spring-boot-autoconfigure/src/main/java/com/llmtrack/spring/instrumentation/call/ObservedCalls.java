// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.function.Supplier;

import com.llmtrack.spring.instrumentation.usage.RequestedModel;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.ModelRequest;

/**
 * The model calls of an application as observations tell of them: which call an
 * observation belongs to, or the call that is known by it only.
 */
public final class ObservedCalls {

	private final ModelCalls calls;

	/** Not needed where a call is one request. */
	private final @Nullable ToolRounds rounds;

	ObservedCalls(ModelCalls calls, @Nullable ToolRounds rounds) {
		this.calls = calls;
		this.rounds = rounds;
	}

	/**
	 * Return the call that an observation belongs to which starts on this thread, so that
	 * it is not counted beside that call. However often it is asked about an observation,
	 * the result is the same.
	 * @param observation the observation
	 * @param request the observed request
	 * @return the call, or {@code null} if the observation is to be recorded
	 */
	public @Nullable ModelCall claim(Object observation, @Nullable ModelRequest<?> request) {
		ModelCall current = ModelCall.current();
		if (current != null && current.claimObservation(observation)) {
			remember(request, current);
			return current;
		}
		return (this.rounds != null) ? this.rounds.claim(observation, request) : null;
	}

	/**
	 * Find what surrounds a call of a model that is known by an observation only, before
	 * it begins on this thread.
	 */
	public CallContext contextOf(CalledModel model, @Nullable ModelRequest<?> request) {
		return this.calls.contextOf(model, request);
	}

	/**
	 * Return why the request of such a call must not be made, or {@code null} if it may
	 * be.
	 */
	public @Nullable RuntimeException refusal(CalledModel model, @Nullable ModelRequest<?> request,
			CallContext context) {
		return this.calls.refusal(model, RequestedModel.of(request, null), context);
	}

	/**
	 * Begin such a call.
	 */
	public ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request) {
		return begin(model, request, contextOf(model, request));
	}

	/**
	 * Begin such a call, whose surroundings are known.
	 */
	public ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request, CallContext context) {
		ModelCall call = this.calls.begin(model, request, context);
		remember(request, call);
		return call;
	}

	private void remember(@Nullable ModelRequest<?> request, ModelCall call) {
		if (this.rounds != null) {
			this.rounds.remember(request, call);
		}
	}

	/**
	 * Have a call observed by a further observation, which it has claimed.
	 * @param call the call
	 * @param answer supplies the answer when the observation has stopped
	 * @return whether to say when that is
	 */
	public boolean join(ModelCall call, Supplier<? extends @Nullable Object> answer) {
		if (call.model().isObservedOnly()) {
			call.observeLater(answer);
		}
		return this.rounds != null;
	}

	/**
	 * Note that an observation has stopped that a call has claimed.
	 */
	public void stopped(ModelCall call, Object observation, @Nullable Object answer) {
		if (this.rounds != null) {
			this.rounds.stopped(call, observation, answer);
		}
	}

}
