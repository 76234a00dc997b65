// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

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
