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

package com.llmtrack.spring.actuate;

import com.llmtrack.spring.instrumentation.ModelInstrumentation;
import com.llmtrack.spring.instrumentation.Tap;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds {@link LlmTrackMeter#RECORDED}.
 *
 * @since 0.1.0
 */
public final class TapMetrics implements MeterBinder {

	private final ModelInstrumentation instrumentation;

	/**
	 * Create metrics.
	 * @param instrumentation sees the requests
	 */
	public TapMetrics(ModelInstrumentation instrumentation) {
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
