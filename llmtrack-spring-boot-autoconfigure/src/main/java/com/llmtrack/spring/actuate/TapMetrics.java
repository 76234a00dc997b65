// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import com.llmtrack.spring.instrumentation.call.Tap;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds {@link LlmTrackMeter#RECORDED}.
 *
 * @since 0.1.0
 */
public final class TapMetrics implements MeterBinder {

	private final InstrumentedModels instrumentation;

	/**
	 * Create metrics.
	 * @param instrumentation sees the requests
	 */
	public TapMetrics(InstrumentedModels instrumentation) {
		this.instrumentation = instrumentation;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		MeterFailures.contain(() -> bindAll(registry));
	}

	private void bindAll(MeterRegistry registry) {
		for (Tap tap : Tap.values()) {
			FunctionCounter
				.builder(LlmTrackMeter.RECORDED.getName(), this.instrumentation,
						(instrumentation) -> instrumentation.recordedRequests(tap))
				.description(LlmTrackMeter.RECORDED.getDescription())
				.tag("tap", TagValues.of(tap))
				.register(registry);
		}
	}

}
