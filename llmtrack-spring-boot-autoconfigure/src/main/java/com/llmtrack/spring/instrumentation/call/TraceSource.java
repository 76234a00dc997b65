// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Tells the trace that a request is made in. Called on the thread that makes the request.
 */
@FunctionalInterface
public interface TraceSource {

	/**
	 * Return the current trace.
	 * @param subscriber the Reactor context of a stream's subscriber, or {@code null} if
	 * it is not a stream
	 * @return the id of the trace, or {@code null} if there is none
	 */
	@Nullable String traceId(@Nullable ContextView subscriber);

}
