// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import org.jspecify.annotations.Nullable;

/**
 * Adapts {@link LlmTrackProperties} to {@link LlmTrackConnectionDetails}.
 */
final class PropertiesLlmTrackConnectionDetails implements LlmTrackConnectionDetails {

	private final LlmTrackProperties properties;

	PropertiesLlmTrackConnectionDetails(LlmTrackProperties properties) {
		this.properties = properties;
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
