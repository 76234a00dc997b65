// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What the application decides about its events.
 *
 * @param feature the feature of calls without one, or {@code null} to leave it out
 * @param environment the environment of all calls, or {@code null} to leave it out
 * @param modelName which of a model's names counts first
 * @param providers providers by the names of model beans, in any case
 * @param providerAliases names to send instead of a provider's, in any case
 * @param modelAliases names to send instead of a model's, in any case
 * @param metadata entries of the metadata of all events
 * @since 0.1.0
 */
public record EventSettings(@Nullable String feature, @Nullable String environment, ModelNameSource modelName,
		Map<String, String> providers, Map<String, String> providerAliases, Map<String, String> modelAliases,
		Map<String, String> metadata) {

	/**
	 * Create settings.
	 */
	public EventSettings {
		providers = ignoringCase(providers);
		providerAliases = ignoringCase(providerAliases);
		modelAliases = ignoringCase(modelAliases);
		metadata = Map.copyOf(metadata);
	}

	/**
	 * Create settings that change nothing.
	 */
	public EventSettings() {
		this(null, null, ModelNameSource.RESPONSE, Map.of(), Map.of(), Map.of(), Map.of());
	}

	/**
	 * Names of environment variables, from which a map may be bound, have no case.
	 */
	private static Map<String, String> ignoringCase(Map<String, String> names) {
		Map<String, String> result = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		result.putAll(names);
		return Collections.unmodifiableMap(result);
	}

}
