/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

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
