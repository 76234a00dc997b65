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
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.EventSpool;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.delivery.http.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.http.WebClientTransport;
import com.llmtrack.spring.delivery.spool.FileSpool;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration for the delivery of events by a {@link WebClient}, or by an
 * {@link EventTransport} of the application's own. Backs off where there is no key that
 * may be sent, and for a {@link LlmUsageEventSink} of the application's own.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
@ConditionalOnClass({ WebClient.class, JsonMapper.class })
@ConditionalOnMissingBean(LlmUsageEventSink.class)
public final class LlmTrackDeliveryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(EventTransport.class)
	@Conditional(OnConnectionCondition.class)
	WebClientTransport llmTrackEventTransport(LlmTrackProperties properties,
			ObjectProvider<LlmTrackConnectionDetails> connection, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		return EventTransports.create(properties,
				PropertiesLlmTrackConnectionDetails.unlessProvided(connection, properties), sslBundles, customizers);
	}

	@Bean
	@ConditionalOnBean(EventTransport.class)
	@ConditionalOnMissingBean(EventSpool.class)
	@Conditional(OnSpoolDirectoryCondition.class)
	FileSpool llmTrackEventSpool(LlmTrackProperties properties) {
		return new FileSpool(properties.getSpool().settings(),
				new JsonEventCodec(properties.getEvent().isExtendedFields()));
	}

	@Bean
	@ConditionalOnBean(EventTransport.class)
	EventDispatcher llmTrackEventDispatcher(LlmTrackProperties properties, EventTransport transport,
			ObjectProvider<EventSpool> spool) {
		DeliveryProperties delivery = properties.getDelivery();
		return new EventDispatcher(new DeliverySettings(delivery.getQueueCapacity(), delivery.getMaxInFlight(),
				delivery.getShutdownTimeout()), transport, spool.getIfUnique());
	}

}
