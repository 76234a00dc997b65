// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
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

	/**
	 * Parts of the names of properties and environment variables that hold a provider's
	 * key, in lower case and without separators.
	 */
	private static final List<String> NAMES_OF_PROVIDERS = List.of("springai", "openai", "anthropic", "gemini",
			"googleapikey", "mistral", "deepseek", "ollama", "groq", "cohere", "huggingface", "perplexity",
			"awssecretaccesskey");

	/** A shorter value is no secret but a placeholder for one, as in tests. */
	private static final int SHORTEST_SECRET = 16;

	private static final Pattern SEPARATORS = Pattern.compile("[._-]");

	private final ConfigurableEnvironment environment;

	/**
	 * Create the keys of an application.
	 * @param environment knows the keys of its models
	 */
	ApiKeys(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Return the obstacle to sending the configured key, or {@code null} if there is
	 * none.
	 */
	@Nullable Obstacle obstacle() {
		try {
			return obstacleTo(this.environment.getProperty(PROPERTY));
		}
		catch (IllegalArgumentException ex) {
			// A placeholder for an environment variable that is not set, as on a new
			// developer's machine, must not fail the start
			return Obstacle.NO_KEY;
		}
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
		return key.length() >= SHORTEST_SECRET && this.environment.getPropertySources()
			.stream()
			.anyMatch((source) -> source instanceof EnumerablePropertySource<?> properties
					&& isOfAModel(key, properties));
	}

	private boolean isOfAModel(String key, EnumerablePropertySource<?> properties) {
		for (String name : properties.getPropertyNames()) {
			// The value first, as this is done for each event
			if (isValue(key, properties.getProperty(name)) && isOfProvider(name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOfProvider(String name) {
		String letters = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
		return NAMES_OF_PROVIDERS.stream().anyMatch(letters::contains) && !letters.contains("llmtrack");
	}

	private boolean isValue(String key, @Nullable Object value) {
		if (!(value instanceof CharSequence)) {
			return false;
		}
		String text = value.toString();
		return (text.contains("${") ? this.environment.resolvePlaceholders(text) : text).strip().equals(key);
	}

	private static boolean isVisibleAscii(String key) {
		return key.chars().allMatch((character) -> character > ' ' && character < 127);
	}

}
