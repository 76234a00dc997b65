// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.trace;

import com.llmtrack.spring.instrumentation.call.TraceSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds where an application has its traces: the tracer of Micrometer, else what
 * OpenTelemetry takes for the current span, as its agent does.
 */
public final class TraceSources {

	private static final Log logger = LogFactory.getLog(TraceSources.class);

	private TraceSources() {
	}

	/**
	 * Find the traces of an application that wants them in its events, and say so if it
	 * has none.
	 * @param beanFactory has the tracer
	 * @return the traces
	 */
	public static TraceSource find(BeanFactory beanFactory) {
		TraceSource micrometer = isPresent("io.micrometer.tracing.Tracer") ? MicrometerTraces.in(beanFactory) : null;
		if (micrometer != null) {
			return micrometer;
		}
		if (isPresent("io.opentelemetry.api.trace.Span")) {
			return new OpenTelemetryTraces();
		}
		logger.warn("Events have no trace_id, though llmtrack.event.include has trace-id: there is neither a tracer of "
				+ "Micrometer Tracing nor OpenTelemetry's API. Add one, or remove trace-id.");
		return (subscriber) -> null;
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, TraceSources.class.getClassLoader());
	}

}
