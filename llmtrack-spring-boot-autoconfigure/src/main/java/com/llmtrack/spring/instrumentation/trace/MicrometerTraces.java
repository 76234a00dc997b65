// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.trace;

import com.llmtrack.spring.instrumentation.call.TraceSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.BeanFactory;

/**
 * The traces of Micrometer's tracer. For a stream, the observation in the Reactor context
 * comes first, as the thread often belongs to none.
 */
final class MicrometerTraces implements TraceSource {

	private final Tracer tracer;

	private MicrometerTraces(Tracer tracer) {
		this.tracer = tracer;
	}

	/**
	 * Return the traces of an application, or {@code null} if it has no tracer.
	 */
	static @Nullable TraceSource in(BeanFactory beanFactory) {
		Tracer tracer = beanFactory.getBeanProvider(Tracer.class).getIfUnique();
		return (tracer != null) ? new MicrometerTraces(tracer) : null;
	}

	@Override
	public @Nullable String traceId(@Nullable ContextView subscriber) {
		Span span = (subscriber != null) ? spanOf(subscriber) : null;
		if (span == null) {
			span = this.tracer.currentSpan();
		}
		return (span != null && !span.isNoop()) ? span.context().traceId() : null;
	}

	private static @Nullable Span spanOf(ContextView subscriber) {
		if (!(subscriber.getOrDefault(ObservationThreadLocalAccessor.KEY, null) instanceof Observation observation)) {
			return null;
		}
		TracingContext tracing = observation.getContextView().get(TracingContext.class);
		return (tracing != null) ? tracing.getSpan() : null;
	}

}
