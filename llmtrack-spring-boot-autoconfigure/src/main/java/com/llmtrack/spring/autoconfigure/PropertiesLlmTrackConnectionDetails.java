// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.net.URI;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import org.jspecify.annotations.Nullable;

/**
 * Adapts {@link LlmTrackProperties} to {@link LlmTrackConnectionDetails}.
 */
record PropertiesLlmTrackConnectionDetails(LlmTrackProperties properties) implements LlmTrackConnectionDetails {

	@Override
	public URI getBaseUrl() {
		return this.properties.baseUrl();
	}

	@Override
	public @Nullable String getApiKey() {
		return this.properties.apiKey();
	}

}
