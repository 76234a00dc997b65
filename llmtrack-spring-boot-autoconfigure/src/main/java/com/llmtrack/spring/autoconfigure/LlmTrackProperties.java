// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.http.AuthScheme;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration of LLMtrack. Has no string representation, as it holds the key.
 */
@ConfigurationProperties("llmtrack")
final class LlmTrackProperties implements InitializingBean {

	/**
	 * Whether to track model requests.
	 */
	private boolean enabled = true;

	/**
	 * LLMtrack ingestion key. Without one, nothing is delivered to LLMtrack.
	 */
	private @Nullable String apiKey;

	/**
	 * URL of LLMtrack, without the path of the ingest endpoint.
	 */
	private URI baseUrl = URI.create("https://llm-track.com");

	/**
	 * HTTP header that carries the key.
	 */
	private AuthScheme authScheme = AuthScheme.BEARER;

	/**
	 * Environment of requests, at most 100 characters. If not set, LLMtrack takes them
	 * for production.
	 */
	private @Nullable String environment;

	/**
	 * Feature of requests without one, at most 200 characters. If not set, LLMtrack books
	 * them under unknown.
	 */
	private @Nullable String defaultFeature;

	/**
	 * Providers of model beans by bean name, where the class of the model does not tell
	 * the provider, as with OpenAI-compatible services.
	 */
	private final Map<String, String> providers = new LinkedHashMap<>();

	/**
	 * Names to send instead of a provider's own.
	 */
	private final Map<String, String> providerAliases = new LinkedHashMap<>();

	/**
	 * Names to send instead of a model's own.
	 */
	private final Map<String, String> modelAliases = new LinkedHashMap<>();

	/**
	 * Entries of the metadata of every event.
	 */
	private final Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * Prices by model, for costs that the application calculates. If not set, LLMtrack
	 * uses its own price list.
	 */
	private final Map<String, PriceProperties> pricing = new LinkedHashMap<>();

	/**
	 * Content of events.
	 */
	@NestedConfigurationProperty
	private final EventProperties event = new EventProperties();

	/**
	 * Instrumentation of models.
	 */
	@NestedConfigurationProperty
	private final InstrumentationProperties instrumentation = new InstrumentationProperties();

	/**
	 * Delivery of events.
	 */
	@NestedConfigurationProperty
	private final DeliveryProperties delivery = new DeliveryProperties();

	/**
	 * Pending events on disk.
	 */
	@NestedConfigurationProperty
	private final SpoolProperties spool = new SpoolProperties();

	/**
	 * Proxy on the way to LLMtrack.
	 */
	@NestedConfigurationProperty
	private final ProxyProperties proxy = new ProxyProperties();

	/**
	 * TLS on the way to LLMtrack.
	 */
	@NestedConfigurationProperty
	private final SslProperties ssl = new SslProperties();

	/**
	 * Metrics.
	 */
	@NestedConfigurationProperty
	private final MetricsProperties metrics = new MetricsProperties();

	/**
	 * Health component.
	 */
	@NestedConfigurationProperty
	private final HealthProperties health = new HealthProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getApiKey() {
		return this.apiKey;
	}

	public void setApiKey(@Nullable String apiKey) {
		this.apiKey = apiKey;
	}

	public URI getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(URI baseUrl) {
		this.baseUrl = baseUrl;
	}

	public AuthScheme getAuthScheme() {
		return this.authScheme;
	}

	public void setAuthScheme(AuthScheme authScheme) {
		this.authScheme = authScheme;
	}

	public @Nullable String getEnvironment() {
		return this.environment;
	}

	public void setEnvironment(@Nullable String environment) {
		this.environment = environment;
	}

	public @Nullable String getDefaultFeature() {
		return this.defaultFeature;
	}

	public void setDefaultFeature(@Nullable String defaultFeature) {
		this.defaultFeature = defaultFeature;
	}

	public Map<String, String> getProviders() {
		return this.providers;
	}

	public Map<String, String> getProviderAliases() {
		return this.providerAliases;
	}

	public Map<String, String> getModelAliases() {
		return this.modelAliases;
	}

	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	public Map<String, PriceProperties> getPricing() {
		return this.pricing;
	}

	public EventProperties getEvent() {
		return this.event;
	}

	public InstrumentationProperties getInstrumentation() {
		return this.instrumentation;
	}

	public DeliveryProperties getDelivery() {
		return this.delivery;
	}

	public SpoolProperties getSpool() {
		return this.spool;
	}

	public ProxyProperties getProxy() {
		return this.proxy;
	}

	public SslProperties getSsl() {
		return this.ssl;
	}

	public MetricsProperties getMetrics() {
		return this.metrics;
	}

	public HealthProperties getHealth() {
		return this.health;
	}

	/**
	 * Check the values. Not done by setters, as a failure during binding would not be
	 * reported with the name and the origin of the invalid property.
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
		PriceProperties.checkAll(this.pricing);
		this.delivery.check();
		this.spool.check();
		this.proxy.check();
		this.metrics.check();
		this.health.check();
	}

	private void checkMetadata() {
		if (this.metadata.isEmpty()) {
			return;
		}
		check(!this.metadata.containsKey("feature"), "metadata.feature", this.metadata.get("feature"),
				"Must not be set: the feature of requests without one is llmtrack.default-feature.");
		try {
			// A feature of the maximum size in bytes
			LlmUsageEvent.builder().feature("\u20ac".repeat(200)).metadata(this.metadata).build();
		}
		catch (IllegalArgumentException ex) {
			check(false, "metadata", this.metadata.keySet(),
					"Must fit into 8192 bytes of JSON, together with the feature.");
		}
	}

	static void check(boolean valid, String name, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("llmtrack." + name, value, reason);
		}
	}

}
