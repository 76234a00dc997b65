// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a call that is about to begin.
 *
 * @param outers the calls that it is made for
 * @param context its feature and its customer
 * @param traceId the trace that it is made in, if events include it
 */
public record CallContext(OuterCalls outers, LlmContext context, @Nullable String traceId) {
}
