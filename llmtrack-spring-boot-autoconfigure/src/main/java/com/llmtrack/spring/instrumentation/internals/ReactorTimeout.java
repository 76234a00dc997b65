// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.StackWalker.StackFrame;
import java.util.Set;

/**
 * Recognizes Reactor's {@code timeout()}. It cancels its source like any subscriber, so
 * that only the calling method tells a timeout from a cancellation.
 */
public final class ReactorTimeout {

	private static final String OPERATOR = "reactor.core.publisher.FluxTimeout";

	private static final Set<String> SIGNALS = Set.of("onSubscribe", "onNext", "onError", "onComplete");

	private ReactorTimeout() {
	}

	/**
	 * Return whether the cancellation that the current thread delivers is a timeout.
	 */
	public static boolean isCancelling() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.takeWhile(ReactorTimeout::isCancellation).anyMatch(ReactorTimeout::isTimeout));
	}

	/**
	 * A subscriber may also cancel because of a signal, even of one about the timeout of
	 * another stream.
	 */
	private static boolean isCancellation(StackFrame frame) {
		return !SIGNALS.contains(frame.getMethodName());
	}

	private static boolean isTimeout(StackFrame frame) {
		return frame.getClassName().startsWith(OPERATOR) && frame.getMethodName().equals("doTimeout");
	}

}
