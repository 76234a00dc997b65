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

import java.util.Set;

import com.llmtrack.spring.LlmRequestStatus;

/**
 * The status of a stream that was cancelled: whether it took too long, or its subscriber
 * had enough of it. Reactor's {@code timeout()} cancels its source like everybody else,
 * so that only the calling method tells the two apart.
 */
final class CancellationStatus {

	private static final String TIMEOUT_OPERATOR = "reactor.core.publisher.FluxTimeout";

	private static final Set<String> SIGNALS = Set.of("onSubscribe", "onNext", "onError", "onComplete");

	private CancellationStatus() {
	}

	/**
	 * Return the status of a stream that the current thread is cancelling.
	 */
	static LlmRequestStatus current() {
		boolean timedOut = StackWalker.getInstance()
			.walk((frames) -> frames.takeWhile(CancellationStatus::isCancellation)
				.anyMatch(CancellationStatus::isTimeout));
		return timedOut ? LlmRequestStatus.TIMEOUT : LlmRequestStatus.CANCELLED;
	}

	/**
	 * A subscriber may as well cancel because of a signal, even of one about the time-out
	 * of another stream.
	 */
	private static boolean isCancellation(StackWalker.StackFrame frame) {
		return !SIGNALS.contains(frame.getMethodName());
	}

	private static boolean isTimeout(StackWalker.StackFrame frame) {
		return frame.getClassName().startsWith(TIMEOUT_OPERATOR) && frame.getMethodName().equals("doTimeout");
	}

}
