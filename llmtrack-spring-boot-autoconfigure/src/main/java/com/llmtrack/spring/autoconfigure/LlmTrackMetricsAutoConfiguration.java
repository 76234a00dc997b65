// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
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

}
