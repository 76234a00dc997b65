// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import org.jspecify.annotations.Nullable;

/**
 * What the application's properties say about its events.
 *
 * @param feature the feature of calls without one, or {@code null} for none
 * @param environment the environment of all calls, or {@code null} for none
 * @param modelName which of a model's names counts first
 * @param providers providers by the names of model beans, case-insensitive
 * @param providerAliases names to send instead of a provider's, case-insensitive
 * @param modelAliases names to send instead of a model's, case-insensitive
 * @param metadata entries of the metadata of all events
 * @param included what else the metadata has
 * @param prices calculates costs where no bean does, or {@code null} if there are no
 * prices
 * @param customers resolves customers where no bean does, or {@code null} if nothing does
 */
public record EventSettings(@Nullable String feature, @Nullable String environment, ModelNameSource modelName,
		Map<String, String> providers, Map<String, String> providerAliases, Map<String, String> modelAliases,
		Map<String, String> metadata, Set<EventEntry> included, @Nullable LlmCostCalculator prices,
		@Nullable LlmCustomerResolver customers) {

	/**
	 * Create settings.
	 */
	public EventSettings {
		providers = ignoringCase(providers);
		providerAliases = ignoringCase(providerAliases);
		modelAliases = ignoringCase(modelAliases);
		metadata = Map.copyOf(metadata);
		included = Set.copyOf(included);
	}

	/**
	 * Create settings that change nothing.
	 */
	public EventSettings() {
		this(null, null, ModelNameSource.RESPONSE, Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), null, null);
	}

	/**
	 * A map may be bound from environment variables, whose names have no case.
	 */
	private static Map<String, String> ignoringCase(Map<String, String> names) {
		Map<String, String> result = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		result.putAll(names);
		return Collections.unmodifiableMap(result);
	}

}
