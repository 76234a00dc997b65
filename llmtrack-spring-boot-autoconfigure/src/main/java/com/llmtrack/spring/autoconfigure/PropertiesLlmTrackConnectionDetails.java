/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.autoconfigure;

import java.net.URI;

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
