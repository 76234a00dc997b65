// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Adapts {@link LlmTrackProperties} to {@link LlmTrackConnectionDetails}.
 */
final class PropertiesLlmTrackConnectionDetails implements LlmTrackConnectionDetails {

	private final LlmTrackProperties properties;

	private PropertiesLlmTrackConnectionDetails(LlmTrackProperties properties) {
		this.properties = properties;
	}

	/**
	 * Return what the properties say, unless the application has a bean that does.
	 */
	static LlmTrackConnectionDetails unlessProvided(ObjectProvider<LlmTrackConnectionDetails> provided,
			LlmTrackProperties properties) {
		LlmTrackConnectionDetails details = provided.getIfAvailable();
		return (details != null) ? details : new PropertiesLlmTrackConnectionDetails(properties);
	}

	@Override
	public URI getBaseUrl() {
		return this.properties.getBaseUrl();
	}

	@Override
	public @Nullable String getApiKey() {
		return this.properties.getApiKey();
	}

}
