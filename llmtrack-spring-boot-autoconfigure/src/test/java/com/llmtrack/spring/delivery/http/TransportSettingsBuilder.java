// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Builds {@link TransportSettings} for tests, which mostly set few of them.
 */
final class TransportSettingsBuilder {

	private final URI baseUrl;

	private final Supplier<String> apiKey;

	private AuthScheme authScheme = AuthScheme.BEARER;

	private boolean extendedFields = true;

	private Duration connectTimeout = Duration.ofSeconds(30);

	private Duration requestTimeout = Duration.ofSeconds(30);

	private int maxConnections = 8;

	private ProxySettings proxy;

	private TlsSettings tls;

	TransportSettingsBuilder(URI baseUrl, String apiKey) {
		this.baseUrl = baseUrl;
		this.apiKey = () -> apiKey;
	}

	TransportSettingsBuilder authScheme(AuthScheme authScheme) {
		this.authScheme = authScheme;
		return this;
	}

	TransportSettingsBuilder extendedFields(boolean extendedFields) {
		this.extendedFields = extendedFields;
		return this;
	}

	TransportSettingsBuilder connectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
		return this;
	}

	TransportSettingsBuilder requestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
		return this;
	}

	TransportSettingsBuilder maxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
		return this;
	}

	TransportSettingsBuilder proxy(ProxySettings proxy) {
		this.proxy = proxy;
		return this;
	}

	TransportSettingsBuilder tls(TlsSettings tls) {
		this.tls = tls;
		return this;
	}

	TransportSettings build() {
		return new TransportSettings(this.baseUrl, this.apiKey, this.authScheme, this.extendedFields,
				this.connectTimeout, this.requestTimeout, this.maxConnections, this.proxy, this.tls);
	}

}
