// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells which keys may be sent to LLMtrack. Asked when the application starts, and again
 * whenever a key is about to be sent, as both the key and the environment may have
 * changed. Safe for any thread.
 */
final class ApiKeys {

	private static final String PROPERTY = "llmtrack.api-key";

	/** OpenAI, Anthropic and others; Google; Groq; xAI; Hugging Face; Perplexity; AWS. */
	private static final List<String> PREFIXES_OF_PROVIDERS = List.of("sk-", "AIza", "gsk_", "xai-", "hf_", "pplx-",
			"AKIA");

	/** Variables that providers' clients read by themselves, without a property. */
	private static final List<String> VARIABLES_OF_PROVIDERS = List.of("OPENAI_API_KEY", "ANTHROPIC_API_KEY",
			"GEMINI_API_KEY", "GOOGLE_API_KEY", "MISTRAL_API_KEY", "DEEPSEEK_API_KEY", "AZURE_OPENAI_API_KEY",
			"AZURE_OPENAI_KEY", "AWS_SECRET_ACCESS_KEY", "OLLAMA_API_KEY");

	/** A shorter value is no secret but a placeholder for one, as in tests. */
	private static final int SHORTEST_SECRET = 16;

	private final Environment environment;

	/**
	 * Create the keys of an application.
	 * @param environment knows the keys of its models
	 */
	ApiKeys(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return the obstacle to sending the configured key, or {@code null} if there is
	 * none.
	 */
	@Nullable Obstacle obstacle() {
		return obstacleTo(property(PROPERTY));
	}

	/**
	 * Return a key as it is sent, or {@code null} if it may not be sent.
	 */
	@Nullable String usable(@Nullable String apiKey) {
		return (apiKey != null && obstacleTo(apiKey) == null) ? apiKey.strip() : null;
	}

	private @Nullable Obstacle obstacleTo(@Nullable String apiKey) {
		if (!StringUtils.hasText(apiKey) || apiKey.contains("${")) {
			return Obstacle.NO_KEY;
		}
		String key = apiKey.strip();
		if (PREFIXES_OF_PROVIDERS.stream().anyMatch(key::startsWith) || isOfAModel(key)) {
			return Obstacle.KEY_OF_PROVIDER;
		}
		return isVisibleAscii(key) ? null : Obstacle.MALFORMED_KEY;
	}

	/**
	 * Return whether the application's models use the same key, since not every
	 * provider's keys have a prefix of their own.
	 */
	private boolean isOfAModel(String key) {
		return key.length() >= SHORTEST_SECRET
				&& Stream.concat(propertiesOfModels().values().stream(), variablesOfProviders())
					.anyMatch((value) -> value.strip().equals(key));
	}

	private Stream<String> variablesOfProviders() {
		return VARIABLES_OF_PROVIDERS.stream().map(this::property).filter(Objects::nonNull);
	}

	private @Nullable String property(String name) {
		try {
			return this.environment.getProperty(name);
		}
		catch (IllegalArgumentException ex) {
			// A placeholder for an environment variable that is not set, as on a new
			// developer's machine, must not fail the start
			return null;
		}
	}

	private Map<String, String> propertiesOfModels() {
		try {
			return Binder.get(this.environment)
				.bind("spring.ai", Bindable.mapOf(String.class, String.class))
				.orElse(Map.of());
		}
		catch (BindException ex) {
			// Something other than a map, so not a key
			return Map.of();
		}
	}

	private static boolean isVisibleAscii(String key) {
		return key.chars().allMatch((character) -> character > ' ' && character < 127);
	}

}
