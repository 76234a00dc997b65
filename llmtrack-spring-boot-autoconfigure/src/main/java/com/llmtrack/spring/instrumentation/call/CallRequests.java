// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEventBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * The request that a call is making: its times, and the observation that the model makes
 * of it, if it does. A call makes one, or several one after the other if the model runs
 * tools itself. Safe for any thread.
 */
final class CallRequests {

	// An updater, since there is one of these for each call and an atomic would be an
	// object of its own
	private static final AtomicReferenceFieldUpdater<CallRequests, @Nullable Object> OBSERVATION = AtomicReferenceFieldUpdater
		.newUpdater(CallRequests.class, Object.class, "observation");

	private final @Nullable RequestRounds rounds;

	private volatile RequestClock clock = new RequestClock();

	private volatile @Nullable Object observation;

	private volatile boolean answered;

	/** What the last request used, if there may be several. */
	private volatile @Nullable LlmTokenUsage lastTokens;

	/**
	 * Begin the first request.
	 * @param rounds knows about the others, or {@code null} if there are none
	 */
	CallRequests(@Nullable RequestRounds rounds) {
		this.rounds = rounds;
	}

	/**
	 * Begin the next request.
	 */
	void beginNext() {
		if (this.rounds != null) {
			this.clock = new RequestClock();
			this.observation = null;
			this.answered = false;
			this.rounds.begin();
		}
	}

	/**
	 * Begin the first request again, as it had to wait.
	 */
	void restart() {
		this.clock = new RequestClock();
	}

	/**
	 * End a request while the call goes on.
	 * @param call the call
	 * @param answer the answer to the request
	 * @param at when it ended, by {@link System#nanoTime()}
	 * @return the request, or {@code null} if there is none
	 */
	@Nullable EndedRound end(ModelCall call, ModelAnswer answer, long at) {
		LlmTokenUsage tokens = (this.rounds != null) ? this.rounds.end(answer) : null;
		return (tokens != null) ? new EndedRound(call.model(), call.requestedModel(), answer.model(), call.context(),
				call.traceId(), call.origin(), tokens, this.clock, at) : null;
	}

	/**
	 * End the last request with the call.
	 * @param answer all answers in the call
	 * @return whether there is a request: tools may have run after the last one
	 */
	boolean endLast(ModelAnswer answer) {
		if (this.rounds == null) {
			return true;
		}
		this.lastTokens = this.rounds.end(answer);
		return this.lastTokens != null;
	}

	/**
	 * Set what the event of the last request takes from it.
	 */
	void describe(LlmUsageEventBuilder event, ModelAnswer answer, long endedAt) {
		LlmTokenUsage last = this.lastTokens;
		event.tokens((last != null) ? last : answer.usage());
		this.clock.describe(event, endedAt);
	}

	/**
	 * Note that a chunk of a stream has come. One without a token may be the end of an
	 * earlier request, which came late.
	 */
	void chunkReceived(Object chunk) {
		if (this.rounds == null || !this.rounds.isLater() || !isWithoutToken(chunk)) {
			this.answered = true;
			this.clock.tokenReceived();
		}
	}

	private static boolean isWithoutToken(Object chunk) {
		return chunk instanceof ChatResponse response && response.getResults().isEmpty();
	}

	/**
	 * Return whether no chunk has come of a request that is not the first one.
	 */
	boolean isLaterUnanswered() {
		return this.rounds != null && this.rounds.isLater() && !this.answered;
	}

	/**
	 * Claim an observation.
	 * @return whether it is that of this request, which has only one
	 */
	boolean claim(Object observation) {
		return OBSERVATION.compareAndSet(this, null, observation) || isObservedBy(observation);
	}

	/**
	 * Take another observation for that of this request.
	 */
	void observeBy(Object observation) {
		this.observation = observation;
	}

	boolean isObservedBy(Object observation) {
		return this.observation == observation;
	}

	boolean isObserved() {
		return this.observation != null;
	}

	/**
	 * Forget the observation, but not that there was one.
	 */
	void forgetContent() {
		this.observation = (this.observation != null) ? this : null;
	}

	/**
	 * Return when the request began, by {@link System#nanoTime()}.
	 */
	long startedAt() {
		return this.clock.startedAt();
	}

	/**
	 * Return what is known about the requests if there may be several.
	 */
	@Nullable RequestRounds rounds() {
		return this.rounds;
	}

}
