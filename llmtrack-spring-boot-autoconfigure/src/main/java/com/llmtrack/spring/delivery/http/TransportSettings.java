// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Where and how events are sent.
 *
 * @param baseUrl an absolute URL, without the path of the ingest endpoint
 * @param apiKey supplies the key for each event, of characters that an HTTP header may
 * contain, or {@code null} if there is none at present; must not block. A supplier, so
 * that the string representation never contains the key.
 * @param authScheme how the key is sent
 * @param extendedFields whether to send fields that LLMtrack accepts but does not
 * document
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long to wait for the whole exchange, including the body of
 * the response
 * @param maxConnections how many connections to open at most
 * @param proxy the proxy to use, or {@code null} for the one in the JVM's system
 * properties
 * @param tls trust and key material, or {@code null} for the JVM's
 */
public record TransportSettings(URI baseUrl, Supplier<@Nullable String> apiKey, AuthScheme authScheme,
		boolean extendedFields, Duration connectTimeout, Duration requestTimeout, int maxConnections,
		@Nullable ProxySettings proxy, @Nullable TlsSettings tls) {

	/**
	 * Return the same settings with other trust and key material.
	 */
	TransportSettings withTls(TlsSettings tls) {
		return new TransportSettings(this.baseUrl, this.apiKey, this.authScheme, this.extendedFields,
				this.connectTimeout, this.requestTimeout, this.maxConnections, this.proxy, tls);
	}

	URI ingestUrl() {
		String base = this.baseUrl.toString();
		return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/ingest");
	}

	/**
	 * Return the proxy between the application and LLMtrack, or {@code null} if there is
	 * none.
	 */
	@Nullable ProxySettings effectiveProxy() {
		return (this.proxy != null) ? this.proxy : ProxySettings.ofJvm(ingestUrl());
	}

}
