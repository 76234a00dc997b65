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

import java.util.LinkedHashMap;
import java.util.Map;

import com.llmtrack.spring.LlmTrackVersion;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.actuate.LlmTrackInfoContributor;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.ModelInstrumentation;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for LLMtrack's actuator endpoint and its entry in {@code info}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackInstrumentationAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(EventDispatcher.class)
public final class LlmTrackEndpointAutoConfiguration {

	private static final int SHOWN_OF_KEY = 4;

	private static final int SHORT_KEY = 16;

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnEnabledInfoContributor("llmtrack")
	LlmTrackInfoContributor llmTrackInfoContributor() {
		return new LlmTrackInfoContributor();
	}

	private static LlmTrackEndpoint endpoint(EventDispatcher dispatcher, @Nullable ModelInstrumentation instrumentation,
			LlmTrackProperties properties) {
		return new LlmTrackEndpoint(dispatcher, instrumentation, configuration(properties));
	}

	private static Map<String, Object> configuration(LlmTrackProperties properties) {
		Map<String, Object> configuration = new LinkedHashMap<>();
		configuration.put("version", LlmTrackVersion.get());
		configuration.put("baseUrl", properties.getBaseUrl().toString());
		configuration.put("apiKey", hint(properties.getApiKey()));
		putIfSet(configuration, "environment", properties.getEnvironment());
		putIfSet(configuration, "defaultFeature", properties.getDefaultFeature());
		DeliveryProperties delivery = properties.getDelivery();
		configuration.put("queueCapacity", delivery.getQueueCapacity());
		configuration.put("maxInFlight", delivery.getMaxInFlight());
		configuration.put("requestTimeout", delivery.getRequestTimeout().toString());
		configuration.put("shutdownTimeout", delivery.getShutdownTimeout().toString());
		putIfSet(configuration, "spoolDirectory", properties.getSpool().getDirectory());
		putIfSet(configuration, "proxyHost", properties.getProxy().getHost());
		putIfSet(configuration, "sslBundle", properties.getSsl().getBundle());
		return configuration;
	}

	private static void putIfSet(Map<String, Object> configuration, String name, @Nullable Object value) {
		if (value != null) {
			configuration.put(name, value.toString());
		}
	}

	/**
	 * Return the end of the key, by which people tell their keys apart. Of a short one,
	 * that would be too much.
	 */
	private static String hint(@Nullable String apiKey) {
		String key = (apiKey != null) ? apiKey.strip() : "";
		return (key.length() >= SHORT_KEY) ? "\u2026" + key.substring(key.length() - SHOWN_OF_KEY) : "\u2026";
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatModel.class)
	@ConditionalOnAvailableEndpoint(LlmTrackEndpoint.class)
	static class WithModelsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LlmTrackEndpoint llmTrackEndpoint(EventDispatcher dispatcher, ModelInstrumentation instrumentation,
				LlmTrackProperties properties) {
			return endpoint(dispatcher, instrumentation, properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.ai.chat.model.ChatModel")
	@ConditionalOnAvailableEndpoint(LlmTrackEndpoint.class)
	static class WithoutModelsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LlmTrackEndpoint llmTrackEndpoint(EventDispatcher dispatcher, LlmTrackProperties properties) {
			return endpoint(dispatcher, null, properties);
		}

	}

}
