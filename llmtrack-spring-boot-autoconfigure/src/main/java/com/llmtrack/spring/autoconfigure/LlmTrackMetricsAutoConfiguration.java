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

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.actuate.TapMetrics;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.ModelInstrumentation;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for LLMtrack's metrics. Comes last, to know of a
 * {@link MeterRegistry} wherever it is from, and backs off where there is none, or none
 * of Spring Boot's metrics, which bind ours to it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackInstrumentationAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ MeterRegistry.class, MetricsAutoConfiguration.class })
@ConditionalOnBean({ MeterRegistry.class, EventDispatcher.class })
public final class LlmTrackMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmTrackMetrics llmTrackMetrics(EventDispatcher dispatcher, LlmTrackProperties properties) {
		return new LlmTrackMetrics(dispatcher, properties.getDelivery().getQueueCapacity(),
				properties.getMetrics().getMaxFeatures());
	}

	@Bean
	@ConditionalOnBean(ModelInstrumentation.class)
	@ConditionalOnMissingBean
	TapMetrics llmTrackTapMetrics(ModelInstrumentation instrumentation) {
		return new TapMetrics(instrumentation);
	}

}
