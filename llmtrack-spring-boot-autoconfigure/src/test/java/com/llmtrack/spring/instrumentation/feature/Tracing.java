// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Micrometer Tracing with OpenTelemetry, as Spring Boot configures it, without an
 * exporter.
 */
@Configuration(proxyBeanMethods = false)
class Tracing {

	@Bean
	static SdkTracerProvider tracerProvider() {
		return SdkTracerProvider.builder().build();
	}

	@Bean
	static Tracer tracer(SdkTracerProvider provider) {
		return new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), (event) -> {
		});
	}

	@Bean
	static DefaultTracingObservationHandler tracingObservationHandler(Tracer tracer) {
		return new DefaultTracingObservationHandler(tracer);
	}

}
