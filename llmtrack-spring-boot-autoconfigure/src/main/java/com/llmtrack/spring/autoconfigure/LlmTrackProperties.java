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

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import com.llmtrack.spring.delivery.http.AuthScheme;
import com.llmtrack.spring.instrumentation.EventSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration of LLMtrack. Has no string representation, as it holds the key.
 */
@ConfigurationProperties("llmtrack")
final class LlmTrackProperties implements InitializingBean {

	/**
	 * Whether to track model requests.
	 */
	private final boolean enabled;

	/**
	 * LLMtrack ingestion key. Without one, nothing is tracked.
	 */
	private final @Nullable String apiKey;

	/**
	 * URL of LLMtrack, without the path of the ingest endpoint.
	 */
	private final URI baseUrl;

	/**
	 * HTTP header that carries the key.
	 */
	private final AuthScheme authScheme;

	/**
	 * Environment that requests are booked under, at most 100 characters. If not set,
	 * LLMtrack takes them for production.
	 */
	private final @Nullable String environment;

	/**
	 * Feature of requests that no annotation names one for, at most 200 characters. If
	 * not set, LLMtrack books them under unknown.
	 */
	private final @Nullable String defaultFeature;

	/**
	 * Providers of model beans by their names, where the class of the model does not tell
	 * the provider, as with services that are compatible with OpenAI.
	 */
	private final Map<String, String> providers;

	/**
	 * Names to send instead of a provider's own.
	 */
	private final Map<String, String> providerAliases;

	/**
	 * Names to send instead of a model's own.
	 */
	private final Map<String, String> modelAliases;

	/**
	 * Content of events.
	 */
	@NestedConfigurationProperty
	private final EventProperties event;

	/**
	 * Instrumentation of models.
	 */
	@NestedConfigurationProperty
	private final InstrumentationProperties instrumentation;

	/**
	 * Delivery of events.
	 */
	private final Delivery delivery;

	LlmTrackProperties(@DefaultValue("true") boolean enabled, @Nullable String apiKey,
			@DefaultValue("https://llm-track.com") URI baseUrl, @DefaultValue("bearer") AuthScheme authScheme,
			@Nullable String environment, @Nullable String defaultFeature, @DefaultValue Map<String, String> providers,
			@DefaultValue Map<String, String> providerAliases, @DefaultValue Map<String, String> modelAliases,
			@DefaultValue EventProperties event, @DefaultValue InstrumentationProperties instrumentation,
			@DefaultValue Delivery delivery) {
		this.enabled = enabled;
		this.apiKey = apiKey;
		this.baseUrl = baseUrl;
		this.authScheme = authScheme;
		this.environment = environment;
		this.defaultFeature = defaultFeature;
		this.providers = providers;
		this.providerAliases = providerAliases;
		this.modelAliases = modelAliases;
		this.event = event;
		this.instrumentation = instrumentation;
		this.delivery = delivery;
	}

	boolean isEnabled() {
		return this.enabled;
	}

	@Nullable String getApiKey() {
		return this.apiKey;
	}

	URI getBaseUrl() {
		return this.baseUrl;
	}

	AuthScheme getAuthScheme() {
		return this.authScheme;
	}

	/**
	 * Return what events have to look like.
	 */
	EventSettings eventSettings() {
		return new EventSettings(this.defaultFeature, this.environment, this.event.getModelName(), this.providers,
				this.providerAliases, this.modelAliases);
	}

	EventProperties getEvent() {
		return this.event;
	}

	InstrumentationProperties getInstrumentation() {
		return this.instrumentation;
	}

	Delivery getDelivery() {
		return this.delivery;
	}

	/**
	 * Check the values. Done after binding, since a failure during binding would not be
	 * reported with the name and the origin of the one property that is wrong.
	 */
	@Override
	public void afterPropertiesSet() {
		check(BaseUrl.isValid(this.baseUrl), "base-url", this.baseUrl,
				"Must be an absolute http or https URL with a host, such as https://llm-track.com, "
						+ "without user information, query and fragment.");
		checkLength("environment", this.environment, 100);
		checkLength("default-feature", this.defaultFeature, 200);
		checkNames("providers", this.providers);
		checkNames("provider-aliases", this.providerAliases);
		checkNames("model-aliases", this.modelAliases);
		this.delivery.check();
	}

	private static void checkNames(String property, Map<String, String> names) {
		names.forEach((key, name) -> check(!name.isBlank() && name.strip().length() <= 200, property + "." + key, name,
				"Must have between 1 and 200 characters."));
	}

	private static void checkLength(String name, @Nullable String value, int maxLength) {
		check(value == null || value.strip().length() <= maxLength, name, value,
				"Must have at most " + maxLength + " characters.");
	}

	private static void check(boolean valid, String name, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("llmtrack." + name, value, reason);
		}
	}

	/**
	 * Delivery of events.
	 */
	static final class Delivery {

		/**
		 * Number of events that may be pending. When it is reached, new events are
		 * dropped and counted.
		 */
		private final int queueCapacity;

		/**
		 * Number of events that may be under way at once, which is also the number of
		 * connections.
		 */
		private final int maxInFlight;

		/**
		 * Time to wait for a connection.
		 */
		private final Duration connectTimeout;

		/**
		 * Time to wait for the whole exchange. Nobody waits for it, and one that is given
		 * up has to be sent again.
		 */
		private final Duration requestTimeout;

		/**
		 * Time that the end of the application may wait for pending events.
		 */
		private final Duration shutdownTimeout;

		Delivery(@DefaultValue("10000") int queueCapacity, @DefaultValue("8") int maxInFlight,
				@DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration requestTimeout,
				@DefaultValue("5s") Duration shutdownTimeout) {
			this.queueCapacity = queueCapacity;
			this.maxInFlight = maxInFlight;
			this.connectTimeout = connectTimeout;
			this.requestTimeout = requestTimeout;
			this.shutdownTimeout = shutdownTimeout;
		}

		int getQueueCapacity() {
			return this.queueCapacity;
		}

		int getMaxInFlight() {
			return this.maxInFlight;
		}

		Duration getConnectTimeout() {
			return this.connectTimeout;
		}

		Duration getRequestTimeout() {
			return this.requestTimeout;
		}

		Duration getShutdownTimeout() {
			return this.shutdownTimeout;
		}

		private void check() {
			checkRange("queue-capacity", this.queueCapacity, 1_000_000);
			checkRange("max-in-flight", this.maxInFlight, 256);
			checkRange("connect-timeout", this.connectTimeout);
			checkRange("request-timeout", this.requestTimeout);
			LlmTrackProperties.check(!this.shutdownTimeout.isNegative() && isBelowMaximum(this.shutdownTimeout),
					"delivery.shutdown-timeout", this.shutdownTimeout, "Must be between 0s and 1h.");
		}

		private static void checkRange(String name, int value, int max) {
			LlmTrackProperties.check(value >= 1 && value <= max, "delivery." + name, value,
					"Must be between 1 and " + max + ".");
		}

		private static void checkRange(String name, Duration value) {
			LlmTrackProperties.check(value.toMillis() >= 1 && isBelowMaximum(value), "delivery." + name, value,
					"Must be between 1ms and 1h.");
		}

		private static boolean isBelowMaximum(Duration value) {
			return value.compareTo(Duration.ofHours(1)) <= 0;
		}

	}

}
