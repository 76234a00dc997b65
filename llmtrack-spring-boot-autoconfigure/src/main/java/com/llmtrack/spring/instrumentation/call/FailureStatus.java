// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import com.llmtrack.spring.LlmRequestStatus;
import org.jspecify.annotations.Nullable;

/**
 * The status of a request that failed: whether the answer took too long, or something
 * else was wrong.
 */
final class FailureStatus {

	private FailureStatus() {
	}

	static LlmRequestStatus of(Throwable failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
			if (isTimeout(cause)) {
				return LlmRequestStatus.TIMEOUT;
			}
		}
		return LlmRequestStatus.ERROR;
	}

	/**
	 * Each HTTP client and SDK has time-out exceptions of its own, without a common type
	 * but with a common name. OkHttp alone throws a plain {@link InterruptedIOException}
	 * if the time-out of a whole call has passed.
	 */
	private static boolean isTimeout(Throwable failure) {
		return failure.getClass().getSimpleName().contains("Timeout")
				|| (failure.getClass() == InterruptedIOException.class && isOkHttpTimeout(failure.getMessage()));
	}

	private static boolean isOkHttpTimeout(@Nullable String message) {
		return "timeout".equals(message);
	}

}
