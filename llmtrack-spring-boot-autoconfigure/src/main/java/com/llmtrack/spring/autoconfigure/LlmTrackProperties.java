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
import java.util.LinkedHashMap;
import java.util.Map;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.http.AuthScheme;
import com.llmtrack.spring.instrumentation.EventSettings;
import com.llmtrack.spring.instrumentation.ModelPrices;
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
	 * Entries of the metadata of all events.
	 */
	private final Map<String, String> metadata;

	/**
	 * Prices by model, for costs that the application calculates. Without, LLMtrack does
	 * so by its own price list.
	 */
	private final Map<String, PriceProperties> pricing;

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
	@NestedConfigurationProperty
	private final DeliveryProperties delivery;

	/**
	 * Pending events on disk.
	 */
	@NestedConfigurationProperty
	private final SpoolProperties spool;

	/**
	 * Proxy on the way to LLMtrack.
	 */
	@NestedConfigurationProperty
	private final ProxyProperties proxy;

	/**
	 * TLS on the way to LLMtrack.
	 */
	@NestedConfigurationProperty
	private final SslProperties ssl;

	/**
	 * Metrics.
	 */
	@NestedConfigurationProperty
	private final MetricsProperties metrics;

	/**
	 * Health component.
	 */
	@NestedConfigurationProperty
	private final HealthProperties health;

	LlmTrackProperties(@DefaultValue("true") boolean enabled, @Nullable String apiKey,
			@DefaultValue("https://llm-track.com") URI baseUrl, @DefaultValue("bearer") AuthScheme authScheme,
			@Nullable String environment, @Nullable String defaultFeature, @DefaultValue Map<String, String> providers,
			@DefaultValue Map<String, String> providerAliases, @DefaultValue Map<String, String> modelAliases,
			@DefaultValue Map<String, String> metadata, @DefaultValue Map<String, PriceProperties> pricing,
			@DefaultValue EventProperties event, @DefaultValue InstrumentationProperties instrumentation,
			@DefaultValue DeliveryProperties delivery, @DefaultValue SpoolProperties spool,
			@DefaultValue ProxyProperties proxy, @DefaultValue SslProperties ssl,
			@DefaultValue MetricsProperties metrics, @DefaultValue HealthProperties health) {
		this.enabled = enabled;
		this.apiKey = apiKey;
		this.baseUrl = baseUrl;
		this.authScheme = authScheme;
		this.environment = environment;
		this.defaultFeature = defaultFeature;
		this.providers = providers;
		this.providerAliases = providerAliases;
		this.modelAliases = modelAliases;
		this.metadata = metadata;
		this.pricing = pricing;
		this.event = event;
		this.instrumentation = instrumentation;
		this.delivery = delivery;
		this.spool = spool;
		this.proxy = proxy;
		this.ssl = ssl;
		this.metrics = metrics;
		this.health = health;
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
				this.providerAliases, this.modelAliases, this.metadata);
	}

	/**
	 * Return the prices, or {@code null} if there are none.
	 */
	@Nullable ModelPrices prices() {
		if (this.pricing.isEmpty()) {
			return null;
		}
		Map<String, ModelPrices.Price> prices = new LinkedHashMap<>();
		this.pricing.forEach((model, price) -> prices.put(model, price.price()));
		return new ModelPrices(prices);
	}

	EventProperties getEvent() {
		return this.event;
	}

	InstrumentationProperties getInstrumentation() {
		return this.instrumentation;
	}

	DeliveryProperties getDelivery() {
		return this.delivery;
	}

	SpoolProperties getSpool() {
		return this.spool;
	}

	ProxyProperties getProxy() {
		return this.proxy;
	}

	MetricsProperties getMetrics() {
		return this.metrics;
	}

	HealthProperties getHealth() {
		return this.health;
	}

	/**
	 * Return the environment that requests are booked under.
	 */
	@Nullable String getEnvironment() {
		return this.environment;
	}

	@Nullable String getDefaultFeature() {
		return this.defaultFeature;
	}

	SslProperties getSsl() {
		return this.ssl;
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
		PropertyNames.checkLength("environment", this.environment, 100);
		PropertyNames.checkLength("default-feature", this.defaultFeature, 200);
		PropertyNames.checkAll("providers", this.providers);
		PropertyNames.checkAll("provider-aliases", this.providerAliases);
		PropertyNames.checkAll("model-aliases", this.modelAliases);
		checkMetadata();
		this.pricing.forEach((model, price) -> price.check("llmtrack.pricing[" + model + "]"));
		this.delivery.check();
		this.spool.check();
		this.proxy.check();
		this.metrics.check();
		this.health.check();
	}

	private void checkMetadata() {
		check(!this.metadata.containsKey("feature"), "metadata.feature", this.metadata.get("feature"),
				"Must not be there: the feature of requests without one is llmtrack.default-feature.");
		try {
			// No character has more bytes for its length
			LlmUsageEvent.builder().feature("\u20ac".repeat(200)).metadata(this.metadata).build();
		}
		catch (IllegalArgumentException ex) {
			check(false, "metadata", this.metadata.keySet(),
					"Must have room in 8192 bytes of JSON, beside the feature.");
		}
	}

	static void check(boolean valid, String name, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("llmtrack." + name, value, reason);
		}
	}

}
