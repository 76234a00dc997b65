// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.http.AuthScheme;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of LLMtrack.
 *
 * @param enabled Whether to record model requests.
 * @param apiKey LLMtrack ingestion key. Without one, nothing is delivered to LLMtrack.
 * @param baseUrl URL of LLMtrack, without the path of the ingest endpoint.
 * @param authScheme HTTP header that carries the key.
 * @param environment Environment of requests, at most 100 characters. If not set,
 * LLMtrack takes them for production.
 * @param defaultFeature Feature of requests without one, at most 200 characters. If not
 * set, LLMtrack books them under unknown.
 * @param providers Providers of model beans by bean name, where neither the address of
 * the service nor the class of the model tells the provider.
 * @param providerAliases Names to send instead of a provider's own.
 * @param modelAliases Names to send instead of a model's own.
 * @param metadata Entries of the metadata of every event.
 * @param pricing Prices by model, for costs that the application calculates. If not set,
 * LLMtrack uses its own price list.
 * @param pricingList Price list that estimates costs for budgets, such as
 * file:/etc/prices.json: a copy of models.dev's api.json or of LiteLLM's
 * model_prices_and_context_window.json. Estimates are not sent to LLMtrack.
 * @param budgets Budgets by name, which limit what requests may use in a period.
 * @param customer Customers.
 * @param event Content of events.
 * @param instrumentation Instrumentation of models.
 * @param delivery Delivery of events.
 * @param spool Pending events on disk or in a database.
 * @param proxy Proxy on the way to LLMtrack.
 * @param ssl TLS on the way to LLMtrack.
 * @param metrics Metrics.
 * @param health Health component.
 */
@ConfigurationProperties("llmtrack")
record LlmTrackProperties(@DefaultValue("true") boolean enabled, @Nullable String apiKey,
		@DefaultValue("https://llm-track.com") URI baseUrl, @DefaultValue("bearer") AuthScheme authScheme,
		@Nullable String environment, @Nullable String defaultFeature, @DefaultValue Map<String, String> providers,
		@DefaultValue Map<String, String> providerAliases, @DefaultValue Map<String, String> modelAliases,
		@DefaultValue Map<String, String> metadata, @DefaultValue Map<String, PriceProperties> pricing,
		@Nullable String pricingList, @DefaultValue Map<String, BudgetProperties> budgets,
		@NestedConfigurationProperty CustomerProperties customer, @NestedConfigurationProperty EventProperties event,
		@NestedConfigurationProperty InstrumentationProperties instrumentation,
		@NestedConfigurationProperty DeliveryProperties delivery, @NestedConfigurationProperty SpoolProperties spool,
		@NestedConfigurationProperty ProxyProperties proxy, @NestedConfigurationProperty SslProperties ssl,
		@NestedConfigurationProperty MetricsProperties metrics,
		@NestedConfigurationProperty HealthProperties health) implements InitializingBean {

	/**
	 * Take the defaults of sections that are not set. Binding them, too, would slow down
	 * the start.
	 */
	@SuppressWarnings("ConstantValue")
	LlmTrackProperties {
		customer = (customer != null) ? customer : new CustomerProperties();
		event = (event != null) ? event : new EventProperties();
		instrumentation = (instrumentation != null) ? instrumentation : new InstrumentationProperties();
		delivery = (delivery != null) ? delivery : new DeliveryProperties();
		spool = (spool != null) ? spool : new SpoolProperties();
		proxy = (proxy != null) ? proxy : new ProxyProperties();
		ssl = (ssl != null) ? ssl : new SslProperties();
		metrics = (metrics != null) ? metrics : new MetricsProperties();
		health = (health != null) ? health : new HealthProperties();
	}

	@Override
	public void afterPropertiesSet() {
		if (!this.enabled) {
			return;
		}
		PropertyChecks.check(BaseUrl.isValid(this.baseUrl), "base-url", this.baseUrl,
				"Must be an absolute http or https URL with a host, such as https://llm-track.com, "
						+ "without user information, query and fragment.");
		PropertyChecks.checkLength("environment", this.environment, 100);
		PropertyChecks.checkLength("default-feature", this.defaultFeature, 200);
		PropertyChecks.checkNames("providers", this.providers);
		PropertyChecks.checkNames("provider-aliases", this.providerAliases);
		PropertyChecks.checkNames("model-aliases", this.modelAliases);
		checkMetadata();
		this.pricing.forEach((model, price) -> price.check(model));
		PropertyChecks.check(PriceLists.isLocation(this.pricingList), "pricing-list", this.pricingList,
				"Must begin with file: or classpath:, as in file:/etc/prices.json.");
		ConfiguredBudgets.check(this.budgets);
		this.customer.check();
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
		PropertyChecks.check(!this.metadata.containsKey("feature"), "metadata.feature", this.metadata.get("feature"),
				"Must not be set: the feature of requests without one is llmtrack.default-feature.");
		try {
			// A feature and entries of the maximum size in bytes
			String largest = "\u20ac".repeat(200);
			Map<String, String> all = new HashMap<>(this.metadata);
			this.event.include().forEach((entry) -> all.put(entry.key(), largest));
			LlmUsageEvent.builder().feature(largest).metadata(all).build();
		}
		catch (IllegalArgumentException ex) {
			PropertyChecks.check(false, "metadata", this.metadata.keySet(),
					"Must fit into 8192 bytes of JSON, together with the feature and what llmtrack.event.include names.");
		}
	}

	/**
	 * Shows no values, as one is the key.
	 */
	@Override
	public String toString() {
		return "LlmTrackProperties";
	}

}
