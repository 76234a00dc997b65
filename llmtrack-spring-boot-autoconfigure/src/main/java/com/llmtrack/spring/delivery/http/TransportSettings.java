// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Where and how events are sent. Has no string representation, as it holds the key.
 *
 * @since 0.1.0
 */
public final class TransportSettings {

	private final URI baseUrl;

	private final Supplier<@Nullable String> apiKey;

	private final AuthScheme authScheme;

	private final boolean extendedFields;

	private final Duration connectTimeout;

	private final Duration requestTimeout;

	private final int maxConnections;

	private final @Nullable ProxySettings proxy;

	private final @Nullable TlsSettings tls;

	private TransportSettings(Builder builder) {
		this.baseUrl = builder.baseUrl;
		this.apiKey = builder.apiKey;
		this.authScheme = builder.authScheme;
		this.extendedFields = builder.extendedFields;
		this.connectTimeout = builder.connectTimeout;
		this.requestTimeout = builder.requestTimeout;
		this.maxConnections = builder.maxConnections;
		this.proxy = builder.proxy;
		this.tls = builder.tls;
	}

	/**
	 * Start with what is needed.
	 * @param baseUrl where LLMtrack is: an absolute URL, without the path of the ingest
	 * endpoint
	 * @param apiKey the key, of characters that may stand in an HTTP header
	 * @return a builder of settings
	 */
	public static Builder builder(URI baseUrl, String apiKey) {
		return builder(baseUrl, () -> apiKey);
	}

	/**
	 * Start settings with a key that may change.
	 * @param baseUrl where LLMtrack is: an absolute URL, without the path of the ingest
	 * endpoint
	 * @param apiKey supplies the key for each event, of characters that may stand in an
	 * HTTP header, or {@code null} if there is none at present; must not wait
	 * @return a builder
	 */
	public static Builder builder(URI baseUrl, Supplier<@Nullable String> apiKey) {
		return new Builder(baseUrl, apiKey);
	}

	/**
	 * Return the same settings, but for TLS.
	 */
	TransportSettings with(TlsSettings tls) {
		return builder(this.baseUrl, this.apiKey).authScheme(this.authScheme)
			.extendedFields(this.extendedFields)
			.connectTimeout(this.connectTimeout)
			.requestTimeout(this.requestTimeout)
			.maxConnections(this.maxConnections)
			.proxy(this.proxy)
			.tls(tls)
			.build();
	}

	URI ingestUrl() {
		String base = this.baseUrl.toString();
		return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/ingest");
	}

	boolean isSecure() {
		return "https".equalsIgnoreCase(this.baseUrl.getScheme());
	}

	@Nullable String apiKey() {
		return this.apiKey.get();
	}

	AuthScheme authScheme() {
		return this.authScheme;
	}

	boolean extendedFields() {
		return this.extendedFields;
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

	/**
	 * Return the proxy on the way to LLMtrack, or {@code null} if there is none.
	 */
	@Nullable ProxySettings proxy() {
		return (this.proxy != null) ? this.proxy : ProxySettings.ofJvm(ingestUrl());
	}

	@Nullable TlsSettings tls() {
		return this.tls;
	}

	/**
	 * Builds {@link TransportSettings}.
	 */
	public static final class Builder {

		private final URI baseUrl;

		private final Supplier<@Nullable String> apiKey;

		private AuthScheme authScheme = AuthScheme.BEARER;

		private boolean extendedFields = true;

		private Duration connectTimeout = Duration.ofSeconds(5);

		private Duration requestTimeout = Duration.ofSeconds(30);

		private int maxConnections = 8;

		private @Nullable ProxySettings proxy;

		private @Nullable TlsSettings tls;

		private Builder(URI baseUrl, Supplier<@Nullable String> apiKey) {
			this.baseUrl = baseUrl;
			this.apiKey = apiKey;
		}

		/**
		 * Set how the key is sent, which is as a bearer token otherwise.
		 * @param authScheme how the key is sent
		 * @return this builder
		 */
		public Builder authScheme(AuthScheme authScheme) {
			this.authScheme = authScheme;
			return this;
		}

		/**
		 * Set whether to send fields that LLMtrack accepts but does not document, which
		 * are sent otherwise.
		 * @param extendedFields whether to send them
		 * @return this builder
		 */
		public Builder extendedFields(boolean extendedFields) {
			this.extendedFields = extendedFields;
			return this;
		}

		/**
		 * Set how long to wait for a connection, which is 5 seconds otherwise.
		 * @param connectTimeout how long to wait
		 * @return this builder
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
			return this;
		}

		/**
		 * Set how long to wait for the whole exchange, the answer's body included, which
		 * is 30 seconds otherwise.
		 * @param requestTimeout how long to wait
		 * @return this builder
		 */
		public Builder requestTimeout(Duration requestTimeout) {
			this.requestTimeout = requestTimeout;
			return this;
		}

		/**
		 * Set how many connections to open at most, which are 8 otherwise. As many events
		 * may be under way at once, whichever version of HTTP the connections speak.
		 * @param maxConnections how many connections to open
		 * @return this builder
		 */
		public Builder maxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
			return this;
		}

		/**
		 * Set the proxy on the way to LLMtrack, which is the one that the JVM's system
		 * properties name otherwise.
		 * @param proxy the proxy, or {@code null} to leave it to the system properties
		 * @return this builder
		 */
		public Builder proxy(@Nullable ProxySettings proxy) {
			this.proxy = proxy;
			return this;
		}

		/**
		 * Set whom to trust, which is whom the JVM trusts otherwise.
		 * @param tls whom to trust, or {@code null} to leave it to the JVM
		 * @return this builder
		 */
		public Builder tls(@Nullable TlsSettings tls) {
			this.tls = tls;
			return this;
		}

		/**
		 * Return the settings.
		 * @return the settings
		 */
		public TransportSettings build() {
			return new TransportSettings(this);
		}

	}

}
