// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a model makes within one call, one after the other, because it runs
 * tools itself and sends their results: which of them have ended, and what they used.
 * Most such models report the usage of all requests so far, without cached and reasoning
 * tokens from the second one on. Each request ends once, whoever sees its end first. Safe
 * for any thread.
 */
final class RequestRounds {

	private final boolean addsUp;

	/** What the requests that have ended reported. */
	private ReportedCounts counted;

	private boolean first;

	private boolean inFlight = true;

	private @Nullable Observed observed;

	private RequestRounds(boolean addsUp, boolean first, ReportedCounts counted) {
		this.addsUp = addsUp;
		this.first = first;
		this.counted = counted;
	}

	/**
	 * Begin the first request of a call.
	 * @param addsUp whether the model reports the usage of all requests so far
	 */
	static RequestRounds first(boolean addsUp) {
		return new RequestRounds(addsUp, true, ReportedCounts.NONE);
	}

	/**
	 * Begin the next request where each is seen as a call of its own.
	 */
	synchronized RequestRounds next() {
		return new RequestRounds(this.addsUp, false, this.counted);
	}

	/**
	 * Begin the next request of the same call.
	 */
	synchronized void begin() {
		this.inFlight = true;
		this.observed = null;
	}

	/**
	 * End the request.
	 * @param answer what was reported since the call began
	 * @return what the request used, or {@code null} if there is no request, or somebody
	 * else has ended it
	 */
	synchronized @Nullable LlmTokenUsage end(ModelAnswer answer) {
		if (!this.inFlight) {
			return null;
		}
		LlmTokenUsage tokens = (this.first || !this.addsUp) ? answer.usage()
				: answer.counts().minus(this.counted).toUsage();
		this.inFlight = false;
		this.first = false;
		this.observed = null;
		this.counted = this.counted.max(answer.counts());
		return tokens;
	}

	/**
	 * Return whether a request has ended before this one.
	 */
	synchronized boolean isLater() {
		return !this.first;
	}

	synchronized boolean isInFlight() {
		return this.inFlight;
	}

	/**
	 * Note that an observation of the request has stopped. Whether the call goes on is
	 * not known yet.
	 */
	synchronized void observed(ModelAnswer answer) {
		this.observed = new Observed(answer, System.nanoTime());
	}

	/**
	 * Return how the request ended as its observation saw it, or {@code null} if that has
	 * not stopped.
	 */
	synchronized @Nullable Observed observed() {
		return this.observed;
	}

	/**
	 * What an observation saw when it stopped.
	 *
	 * @param answer the answer, without its content
	 * @param at when, by {@link System#nanoTime()}
	 */
	record Observed(ModelAnswer answer, long at) {
	}

}
