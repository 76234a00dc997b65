// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.actuate.LlmTrackEndpoint.Connection;
import com.llmtrack.spring.actuate.LlmTrackInfoContributor;
import com.llmtrack.spring.actuate.LlmTrackSanitizingFunction;
import com.llmtrack.spring.budget.Budgets;
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
 * function that hides the key in the answers of other endpoints.
 */
@AutoConfiguration(after = LlmTrackInstrumentationAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(EventDispatcher.class)
public final class LlmTrackEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnEnabledInfoContributor("llmtrack")
	LlmTrackInfoContributor llmtrackInfoContributor() {
		return new LlmTrackInfoContributor();
	}

	@Bean
	@ConditionalOnMissingBean
	static LlmTrackSanitizingFunction llmtrackSanitizingFunction(ObjectProvider<LlmTrackConnectionDetails> provider) {
		return new LlmTrackSanitizingFunction(() -> {
			LlmTrackConnectionDetails connection = provider.getIfAvailable();
			return (connection != null) ? connection.getApiKey() : null;
		});
	}

	// Never lazy, as it counts from the start
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	LlmTrackEndpoint llmtrackEndpoint(OwnContext llmtrackContext, EventDispatcher dispatcher, Budgets budgets,
			ObjectProvider<InstrumentedModels> instrumentation, LlmTrackConnectionDetails connection,
			LlmTrackProperties properties) {
		return new LlmTrackEndpoint(dispatcher, budgets, instrumentation.getIfAvailable(),
				connectionInForce(connection, new ApiKeys(llmtrackContext.environment())),
				properties.spool().description(llmtrackContext.beanFactory().getBeanClassLoader()),
				properties.environment());
	}

	/**
	 * Supply the URL as it was at the start, which stays, and the key as it is now.
	 */
	private static Supplier<Connection> connectionInForce(LlmTrackConnectionDetails details, ApiKeys keys) {
		URI baseUrl = details.getBaseUrl();
		return () -> Connection.of(baseUrl, keys.usable(details.getApiKey()));
	}

}
