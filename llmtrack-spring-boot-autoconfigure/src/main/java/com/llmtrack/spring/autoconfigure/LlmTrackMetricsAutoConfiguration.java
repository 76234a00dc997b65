// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.EventDispatcher;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for LLMtrack's metrics. Requires Spring Boot's metrics, which bind
 * ours to each {@link MeterRegistry}.
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@Conditional(BootMetricsCondition.class)
@ConditionalOnBean(EventDispatcher.class)
public final class LlmTrackMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmTrackMetrics llmtrackMetrics(OwnContext llmtrackContext, EventDispatcher dispatcher, Budgets budgets,
			LlmTrackProperties properties) {
		return new LlmTrackMetrics(dispatcher, budgets, properties.delivery().queueCapacity(),
				properties.spool().capacity(llmtrackContext.beanFactory().getBeanClassLoader()),
				properties.metrics().maxFeatures());
	}

}
