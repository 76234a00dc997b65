// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.actuate.LlmTrackInfoContributor;
import com.llmtrack.spring.actuate.LlmTrackSanitizingFunction;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for LLMtrack's actuator endpoint, its entry in {@code info}, and the
 * secrecy of the key in what other endpoints show. The endpoint is never lazy, as it
 * counts from the start.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackInstrumentationAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(EventDispatcher.class)
public final class LlmTrackEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnEnabledInfoContributor("llmtrack")
	LlmTrackInfoContributor llmTrackInfoContributor() {
		return new LlmTrackInfoContributor();
	}

	@Bean
	@ConditionalOnMissingBean
	static LlmTrackSanitizingFunction llmTrackSanitizingFunction(ObjectProvider<LlmTrackProperties> properties,
			ObjectProvider<LlmTrackConnectionDetails> connection) {
		return new LlmTrackSanitizingFunction(
				() -> PropertiesLlmTrackConnectionDetails.unlessProvided(connection, properties.getObject())
					.getApiKey());
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	LlmTrackEndpoint llmTrackEndpoint(EventDispatcher dispatcher, ObjectProvider<InstrumentedModels> instrumentation,
			LlmTrackProperties properties, ObjectProvider<LlmTrackConnectionDetails> connection) {
		return new LlmTrackEndpoint(dispatcher, instrumentation.getIfAvailable(),
				ReportedConfiguration.of(properties,
						PropertiesLlmTrackConnectionDetails.unlessProvided(connection, properties)),
				properties.getEnvironment());
	}

}
