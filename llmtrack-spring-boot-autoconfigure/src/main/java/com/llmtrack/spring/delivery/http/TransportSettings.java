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

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;

/**
 * Where and how events are sent. Has no string representation, as it holds the key.
 *
 * @since 0.1.0
 */
public final class TransportSettings {

	private final URI baseUrl;

	private final String apiKey;

	private final AuthScheme authScheme;

	private final Duration connectTimeout;

	private final Duration requestTimeout;

	private final int maxConnections;

	private final boolean extendedFields;

	/**
	 * Create settings.
	 * @param baseUrl where LLMtrack is: an absolute URL, without the path of the ingest
	 * endpoint
	 * @param apiKey the key, of characters that may stand in an HTTP header
	 * @param authScheme how the key is sent
	 * @param connectTimeout how long to wait for a connection
	 * @param requestTimeout how long to wait for the whole exchange, the answer's body
	 * included
	 * @param maxConnections how many connections to open at most
	 * @param extendedFields whether to send fields that LLMtrack accepts but does not
	 * document
	 */
	public TransportSettings(URI baseUrl, String apiKey, AuthScheme authScheme, Duration connectTimeout,
			Duration requestTimeout, int maxConnections, boolean extendedFields) {
		this.baseUrl = baseUrl;
		this.apiKey = apiKey;
		this.authScheme = authScheme;
		this.connectTimeout = connectTimeout;
		this.requestTimeout = requestTimeout;
		this.maxConnections = maxConnections;
		this.extendedFields = extendedFields;
	}

	URI ingestUrl() {
		String base = this.baseUrl.toString();
		return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/ingest");
	}

	String apiKey() {
		return this.apiKey;
	}

	AuthScheme authScheme() {
		return this.authScheme;
	}

	Duration connectTimeout() {
		return this.connectTimeout;
	}

	Duration requestTimeout() {
		return this.requestTimeout;
	}

	int maxConnections() {
		return this.maxConnections;
	}

	boolean extendedFields() {
		return this.extendedFields;
	}

}
