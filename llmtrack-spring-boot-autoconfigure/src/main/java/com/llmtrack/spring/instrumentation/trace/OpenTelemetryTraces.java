// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.trace;

import com.llmtrack.spring.instrumentation.call.TraceSource;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * The traces of OpenTelemetry: that of the current thread.
 */
final class OpenTelemetryTraces implements TraceSource {

	@Override
	public @Nullable String traceId(@Nullable ContextView subscriber) {
		SpanContext span = Span.current().getSpanContext();
		return span.isValid() ? span.getTraceId() : null;
	}

}
