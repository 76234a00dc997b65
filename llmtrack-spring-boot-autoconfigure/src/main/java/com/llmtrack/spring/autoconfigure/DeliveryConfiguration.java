// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.EventDispatcher;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Configuration of the delivery to LLMtrack, imported after
 * {@link ConnectionConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ WebClient.class, JsonMapper.class })
@ConditionalOnBean(LlmTrackConnectionDetails.class)
@ConditionalOnBooleanProperty(name = "llmtrack.delivery.enabled", matchIfMissing = true)
class DeliveryConfiguration {

	// A fallback, so that an application which injects its only sink by type gets that
	@Bean
	@Fallback
	@ConditionalOnMissingBean
	EventDispatcher llmtrackEventDispatcher(LlmTrackProperties properties, LlmTrackConnectionDetails connection,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		return EventDispatchers.create(properties, connection, sslBundles, customizers);
	}

}
