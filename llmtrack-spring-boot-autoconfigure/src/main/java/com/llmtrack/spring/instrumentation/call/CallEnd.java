// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.instrumentation.internals.ReactorTimeout;
import com.llmtrack.spring.instrumentation.internals.TimeoutExceptions;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param status the status
 * @param failure the failure, if it ended by one
 * @param at when, by {@link System#nanoTime()}
 */
record CallEnd(LlmRequestStatus status, @Nullable Throwable failure, long at) {

	static CallEnd by(LlmRequestStatus status) {
		return new CallEnd(status, null, System.nanoTime());
	}

	static CallEnd byFailure(Throwable failure) {
		LlmRequestStatus status = LlmRequestStatus.ERROR;
		try {
			if (TimeoutExceptions.isCauseOf(failure)) {
				status = LlmRequestStatus.TIMEOUT;
			}
		}
		catch (Throwable ex) {
			// An exception of the application that does not let itself be examined
		}
		return new CallEnd(status, failure, System.nanoTime());
	}

	/**
	 * End by a cancellation, which the current thread delivers.
	 */
	static CallEnd byCancellation() {
		return by(ReactorTimeout.isCancelling() ? LlmRequestStatus.TIMEOUT : LlmRequestStatus.CANCELLED);
	}

	/**
	 * Return whether a call ended because a request that it was to make was refused.
	 */
	boolean isByRefusal() {
		try {
			return this.failure != null && Refusals.areCauseOf(this.failure);
		}
		catch (Throwable ex) {
			// Likewise
			return false;
		}
	}

	CallEnd withoutFailure() {
		return (this.failure != null) ? new CallEnd(this.status, null, this.at) : this;
	}

}
