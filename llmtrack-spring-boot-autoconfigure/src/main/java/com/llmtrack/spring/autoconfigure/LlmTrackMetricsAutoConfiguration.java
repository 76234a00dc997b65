// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.delivery.EventDispatcher;
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
 * Auto-configuration for LLMtrack's metrics. Comes last, to find a {@link MeterRegistry}
 * from any other auto-configuration. Requires Spring Boot's metrics, which bind ours to
 * the registry.
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ MeterRegistry.class, MetricsAutoConfiguration.class })
@ConditionalOnBean({ MeterRegistry.class, EventDispatcher.class })
public final class LlmTrackMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmTrackMetrics llmtrackMetrics(EventDispatcher dispatcher, LlmTrackProperties properties) {
		return new LlmTrackMetrics(dispatcher, properties.delivery().queueCapacity(),
				properties.metrics().maxFeatures());
	}

}
