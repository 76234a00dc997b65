// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmUsageEventSink;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the properties of LLMtrack, the delivery of events, and the
 * report at start. Each {@link LlmUsageEventSink} of the application gets the events
 * beside delivery.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LlmTrackProperties.class)
@Import({ ConnectionConfiguration.class, DeliveryConfiguration.class })
public final class LlmTrackAutoConfiguration {

	@Bean
	StartupReport llmtrackStartupReport(LlmTrackProperties properties, Environment environment,
			ListableBeanFactory beanFactory) {
		return new StartupReport(properties, environment, beanFactory);
	}

}
