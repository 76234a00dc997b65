// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.call.EventContributors;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSources;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * What an instrumentation works with, as the application's properties and beans have it.
 */
final class ApplicationSources implements InstrumentationSources {

	private final ObjectProvider<LlmTrackProperties> properties;

	private final ObjectProvider<LlmUsageEventSink> sink;

	private final ObjectProvider<LlmCustomerResolver> customers;

	private final ObjectProvider<LlmCostCalculator> costs;

	private final ObjectProvider<LlmUsageEventCustomizer> customizers;

	ApplicationSources(ObjectProvider<LlmTrackProperties> properties, ObjectProvider<LlmUsageEventSink> sink,
			ObjectProvider<LlmCustomerResolver> customers, ObjectProvider<LlmCostCalculator> costs,
			ObjectProvider<LlmUsageEventCustomizer> customizers) {
		this.properties = properties;
		this.sink = sink;
		this.customers = customers;
		this.costs = costs;
		this.customizers = customizers;
	}

	@Override
	public LlmUsageEventSink sink() {
		return this.sink.getObject();
	}

	@Override
	public InstrumentationSettings settings() {
		try {
			return this.properties.getObject().getInstrumentation().settings();
		}
		catch (BeanCurrentlyInCreationException ex) {
			throw ex;
		}
		catch (BeanCreationException ex) {
			// A wrong property fails the start, which says so in its own way
			return new InstrumentationSettings();
		}
	}

	@Override
	public EventSettings eventSettings() {
		LlmTrackProperties properties = this.properties.getObject();
		return new EventSettings(properties.getDefaultFeature(), properties.getEnvironment(),
				properties.getEvent().getModelName(), properties.getProviders(), properties.getProviderAliases(),
				properties.getModelAliases(), properties.getMetadata());
	}

	@Override
	public EventContributors contributors() {
		LlmCostCalculator calculator = one(this.costs);
		return new EventContributors(one(this.customers),
				(calculator != null) ? calculator : prices(this.properties.getObject()),
				this.customizers.orderedStream().toList());
	}

	/**
	 * Return the prices, or {@code null} if there are none.
	 */
	private static @Nullable ModelPrices prices(LlmTrackProperties properties) {
		if (properties.getPricing().isEmpty()) {
			return null;
		}
		Map<String, ModelPrices.Price> prices = new LinkedHashMap<>();
		properties.getPricing().forEach((model, price) -> prices.put(model, price.price()));
		return new ModelPrices(prices);
	}

	/**
	 * Return the primary bean of several, else the first. No event is lost because nobody
	 * said which.
	 */
	private static <T> @Nullable T one(ObjectProvider<T> provider) {
		T bean = provider.getIfUnique();
		return (bean != null) ? bean : provider.orderedStream().findFirst().orElse(null);
	}

}
