// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Recognizes timeouts of HTTP clients and SDKs. Each has exceptions of its own, without a
 * common type but with a common name. Only OkHttp throws a plain
 * {@link InterruptedIOException} when the timeout of a whole call has passed, with a
 * constant message.
 */
public final class TimeoutExceptions {

	private static final String OKHTTP_MESSAGE = "timeout";

	private TimeoutExceptions() {
	}

	/**
	 * Return whether a failure was caused by a timeout.
	 */
	public static boolean isCauseOf(Throwable failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
			if (isTimeout(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isTimeout(Throwable failure) {
		return failure.getClass().getSimpleName().contains("Timeout")
				|| (failure.getClass() == InterruptedIOException.class && OKHTTP_MESSAGE.equals(failure.getMessage()));
	}

}
