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

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for LLMtrack's metrics. Backs off where there is no
 * {@link MeterRegistry}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackInstrumentationAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, EventDispatcher.class })
public final class LlmTrackMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmTrackMetrics llmTrackMetrics(EventDispatcher dispatcher, LlmTrackProperties properties) {
		return new LlmTrackMetrics(dispatcher, properties.getDelivery().getQueueCapacity(),
				properties.getMetrics().getMaxFeatures());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatModel.class)
	static class TapConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TapMetrics llmTrackTapMetrics(ModelInstrumentation instrumentation) {
			return new TapMetrics(instrumentation);
		}

	}

}
