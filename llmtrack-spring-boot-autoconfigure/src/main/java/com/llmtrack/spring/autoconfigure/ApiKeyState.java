// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Whether there is a key, and whether it may be sent to LLMtrack.
 */
enum ApiKeyState {

	/**
	 * The key may be sent.
	 */
	USABLE("is set"),

	/**
	 * There is no key.
	 */
	MISSING("is not set"),

	/**
	 * The key is a model provider's. Sending it would disclose it.
	 */
	OF_A_PROVIDER("is a model provider's key"),

	/**
	 * The key has characters that an HTTP header can't have.
	 */
	MALFORMED("has characters that no key has");

	static final String PROPERTY = "llmtrack.api-key";

	/** OpenAI, Anthropic and others; Google; Groq; xAI; Hugging Face; Perplexity; AWS. */
	private static final List<String> PREFIXES_OF_PROVIDERS = List.of("sk-", "AIza", "gsk_", "xai-", "hf_", "pplx-",
			"AKIA");

	/** A shorter value is no secret but a placeholder for one, as in tests. */
	private static final int SHORTEST_SECRET = 16;

	private final String description;

	ApiKeyState(String description) {
		this.description = description;
	}

	@Override
	public String toString() {
		return this.description;
	}

	static ApiKeyState in(Environment environment) {
		try {
			String apiKey = environment.getProperty(PROPERTY);
			ApiKeyState state = of(apiKey);
			return (state == USABLE && isOfAModel(apiKey, environment)) ? OF_A_PROVIDER : state;
		}
		catch (IllegalArgumentException ex) {
			// A placeholder for an environment variable that is not set, as on a new
			// developer's machine, must not fail the start
			return MISSING;
		}
	}

	/**
	 * Return whether the application's models use the same key, since not every
	 * provider's keys have a prefix of their own.
	 */
	private static boolean isOfAModel(@Nullable String apiKey, Environment environment) {
		try {
			return apiKey != null && apiKey.strip().length() >= SHORTEST_SECRET
					&& isValue(apiKey.strip(),
							Binder.get(environment)
								.bind("spring.ai", Bindable.mapOf(String.class, String.class))
								.orElse(Map.of()));
		}
		catch (BindException ex) {
			// Something other than a map, so not a key
			return false;
		}
	}

	private static boolean isValue(String key, Map<String, String> properties) {
		for (String value : properties.values()) {
			if (value.strip().equals(key)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return a key as it is sent, or {@code null} if it may not be sent.
	 */
	static @Nullable String usable(@Nullable String apiKey) {
		return (apiKey != null && of(apiKey) == USABLE) ? apiKey.strip() : null;
	}

	static ApiKeyState of(@Nullable String apiKey) {
		if (!StringUtils.hasText(apiKey) || apiKey.contains("${")) {
			return MISSING;
		}
		String key = apiKey.strip();
		for (String prefix : PREFIXES_OF_PROVIDERS) {
			if (key.startsWith(prefix)) {
				return OF_A_PROVIDER;
			}
		}
		return isVisibleAscii(key) ? USABLE : MALFORMED;
	}

	private static boolean isVisibleAscii(String key) {
		for (int i = 0; i < key.length(); i++) {
			if (key.charAt(i) <= ' ' || key.charAt(i) >= 127) {
				return false;
			}
		}
		return true;
	}

}
