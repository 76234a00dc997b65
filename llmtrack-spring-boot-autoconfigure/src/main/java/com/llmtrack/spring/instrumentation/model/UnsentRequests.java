// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.concurrent.atomic.AtomicBoolean;

import com.llmtrack.spring.instrumentation.call.CallScope;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.internals.ModelObservations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Tells which calls failed before anything was sent, as with options that a model does
 * not understand. Models of Spring AI make their request first, and begin to observe it
 * then: a call that was not observed, though it would have been, has sent nothing. Runs
 * on the thread of a call that has failed; never throws.
 */
final class UnsentRequests {

	private UnsentRequests() {
	}

	/**
	 * End a call by its failure, which is no request if nothing was sent.
	 */
	static void fail(ModelCall call, Throwable failure) {
		if (include(call)) {
			call.discard();
		}
		else {
			call.fail(failure);
		}
	}

	private static boolean include(ModelCall call) {
		Object target = call.model().target();
		if (target == null || call.isObserved() || !call.model().isSpringAiModel()
				|| !(call.request() instanceof Prompt prompt)) {
			return false;
		}
		try {
			ObservationRegistry registry = ModelObservations.registryOf(target);
			return registry != null && wouldBeObserved(prompt, call.model().provider(), registry);
		}
		catch (Exception | LinkageError ex) {
			// Predicates are the application's code, and fields may be out of reach
			return false;
		}
	}

	/**
	 * A registry asks our handler whether it supports an observation that is never
	 * started, unless a predicate rejects that.
	 */
	private static boolean wouldBeObserved(Prompt prompt, String provider, ObservationRegistry registry) {
		AtomicBoolean seen = new AtomicBoolean();
		try (CallScope scope = ModelCall.leave()) {
			Observation.createNotStarted(DefaultChatModelObservationConvention.DEFAULT_NAME, () -> {
				ChatModelObservationContext context = ChatModelObservationContext.builder()
					.prompt(prompt)
					.provider(provider)
					.build();
				context.put(UnsentRequests.class, seen);
				return context;
			}, registry);
		}
		return seen.get();
	}

	/**
	 * Return whether an observation is only made to see whether our handler sees it.
	 */
	static boolean isQuestion(Observation.Context context) {
		return context.containsKey(UnsentRequests.class);
	}

	/**
	 * Note that an observation is seen by our handler.
	 */
	static void see(Observation.Context context) {
		AtomicBoolean seen = context.get(UnsentRequests.class);
		if (seen != null) {
			seen.set(true);
		}
	}

}
