// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.WeakReference;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.ModelRequest;
import org.springframework.util.CollectionUtils;

/**
 * Which observed requests belong to the same call of a model that runs tools itself.
 * Their observations may start on any thread. All of them have the same options, which
 * the model makes anew for each call, and each is known by its last message if the end of
 * the tools was seen. There is none of this where no model runs tools. Keeps no prompt
 * alive; safe for any thread.
 */
final class ToolRounds {

	private final WeakIdentityMap<Known> known = new WeakIdentityMap<>();

	/**
	 * Remember which call a request was observed in.
	 */
	void remember(@Nullable ModelRequest<?> request, ModelCall call) {
		Object options = (request instanceof Prompt prompt) ? prompt.getOptions() : null;
		if (options != null) {
			put(options, call);
		}
	}

	/**
	 * Expect the next request of a call.
	 * @param messages the messages that it will have
	 * @param call the call
	 */
	void expect(@Nullable List<Message> messages, ModelCall call) {
		Object last = CollectionUtils.lastElement(messages);
		if (last != null) {
			put(last, call);
		}
	}

	private void put(Object key, ModelCall call) {
		RequestRounds rounds = call.requests().rounds();
		if (rounds != null) {
			this.known.put(key, new Known(rounds, new WeakReference<>(call)));
		}
	}

	/**
	 * Claim the observation of a request for the call that the request is a later one of.
	 * @param observation the observation
	 * @param request its request
	 * @return the call, or {@code null} if the request is to be recorded by itself
	 */
	@Nullable ModelCall claim(Object observation, @Nullable ModelRequest<?> request) {
		Known known = find(request);
		ModelCall call = (known != null) ? known.call().get() : null;
		if (known == null || call == null) {
			return null;
		}
		if (call.model().isObservedOnly()) {
			return known.rounds().isInFlight() ? call : null;
		}
		claimLater(call, known.rounds(), observation);
		return call;
	}

	/**
	 * Claim the observation of a later request, which begins with it if the one before
	 * was seen to end. Otherwise both are recorded as one.
	 */
	private static void claimLater(ModelCall call, RequestRounds rounds, Object observation) {
		if (call.isOpen() && !call.claimObservation(observation)) {
			RequestRounds.Observed earlier = rounds.observed();
			if (earlier != null) {
				call.endRequest(earlier.answer(), earlier.at());
				call.requests().beginNext();
			}
			call.requests().observeBy(observation);
		}
	}

	/**
	 * Note that an observation has stopped that a call has claimed. If the call goes on,
	 * one of its requests ended there.
	 */
	void stopped(ModelCall call, Object observation, @Nullable Object answer) {
		RequestRounds rounds = call.requests().rounds();
		if (rounds != null && answer != null && call.requests().isObservedBy(observation)) {
			rounds.observed(ModelAnswer.countsOf(answer));
		}
	}

	/**
	 * Have a call run tools, as the answer to its request demands.
	 * @return until when they run, or {@code null} if the call runs none itself
	 */
	@Nullable ToolExecution runTools(ModelCall call, Object answer) {
		if (call.requests().rounds() == null || !call.isOpen()) {
			return null;
		}
		if (call.model().isObservedOnly()) {
			call.observe(answer);
			call.succeed();
		}
		else {
			call.endRequest(ModelAnswer.countsOf(answer), System.nanoTime());
		}
		return new ToolExecution(call, this);
	}

	/**
	 * Return the rounds of a request that is recorded by itself.
	 * @param request the request
	 * @param addsUp whether its model reports the usage of all requests so far
	 */
	RequestRounds of(@Nullable ModelRequest<?> request, boolean addsUp) {
		Known known = find(request);
		return (known != null) ? known.rounds().next() : RequestRounds.first(addsUp);
	}

	private @Nullable Known find(@Nullable ModelRequest<?> request) {
		if (!(request instanceof Prompt prompt)) {
			return null;
		}
		Object last = CollectionUtils.lastElement(prompt.getInstructions());
		Object options = prompt.getOptions();
		Known expected = (last != null) ? this.known.get(last) : null;
		return (expected != null || options == null || !(last instanceof ToolResponseMessage)) ? expected
				: this.known.get(options);
	}

	private record Known(RequestRounds rounds, WeakReference<ModelCall> call) {
	}

}
