// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the connection to LLMtrack by properties.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(LlmTrackConnectionDetails.class)
@Conditional(OnApiKeyCondition.class)
class ConnectionConfiguration {

	@Bean
	PropertiesLlmTrackConnectionDetails llmtrackConnectionDetails(LlmTrackProperties properties) {
		return new PropertiesLlmTrackConnectionDetails(properties);
	}

}
