// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.EventDispatcher;

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
		new StartupReport(this.context.getBean(LlmTrackProperties.class), this.context.getEnvironment(), this.context)
			.log();
	}

}
