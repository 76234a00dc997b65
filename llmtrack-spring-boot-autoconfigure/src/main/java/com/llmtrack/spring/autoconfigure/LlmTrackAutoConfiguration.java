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

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.http.LlmTrackWebClientCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for LLMtrack: its properties, the delivery of events, and the report
 * on whether tracking works. Delivers nothing where it can't, and leaves it to a
 * {@link LlmUsageEventSink} of the application's own.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LlmTrackProperties.class)
public final class LlmTrackAutoConfiguration implements SmartInitializingSingleton {

	private final ApplicationContext context;

	LlmTrackAutoConfiguration(ApplicationContext context) {
		this.context = context;
	}

	@Bean
	@ConditionalOnMissingBean(LlmUsageEventSink.class)
	@Conditional(OnDeliveryCondition.class)
	EventDispatcher llmTrackEventDispatcher(LlmTrackProperties properties,
			ObjectProvider<LlmTrackConnectionDetails> connection, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		return EventDispatchers.create(properties,
				PropertiesLlmTrackConnectionDetails.unlessProvided(connection, properties), sslBundles, customizers);
	}

	@Override
	public void afterSingletonsInstantiated() {
		new UnknownPropertiesReport(this.context.getEnvironment()).log();
		new TrackingReport(this.context.getBean(LlmTrackProperties.class), this.context.getEnvironment(), this.context)
			.log();
	}

}
