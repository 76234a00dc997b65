// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.delivery.http.ProxySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Proxy on the way to LLMtrack. Has no string representation, as it holds a password.
 */
final class ProxyProperties {

	private static final String HOST = "[^\\s/:@?#\\[\\]]+|\\[?[0-9a-fA-F:.]+]?";

	private static final String USERNAME = "[^:\\p{Cntrl}]+";

	/**
	 * Host of the HTTP proxy on the way to LLMtrack. If not set, the JVM's system
	 * properties decide, such as https.proxyHost and http.nonProxyHosts.
	 */
	private @Nullable String host;

	/**
	 * Port of the proxy.
	 */
	private @Nullable Integer port;

	/**
	 * User name for basic authentication at the proxy. Without Reactor Netty, the JDK's
	 * HTTP client sends it for https only where the JVM's system property
	 * jdk.http.auth.tunneling.disabledSchemes is set, and does not name Basic.
	 */
	private @Nullable String username;

	/**
	 * Password for basic authentication at the proxy.
	 */
	private @Nullable String password;

	public @Nullable String getHost() {
		return this.host;
	}

	public void setHost(@Nullable String host) {
		this.host = StringUtils.hasText(host) ? host.strip() : null;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = StringUtils.hasText(username) ? username : null;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = StringUtils.hasLength(password) ? password : null;
	}

	/**
	 * Return the proxy, or {@code null} if there is none.
	 */
	@Nullable ProxySettings settings() {
		return (this.host != null && this.port != null)
				? new ProxySettings(this.host, this.port, this.username, this.password) : null;
	}

	/**
	 * Check the values. The report of a failure shows the value of the invalid property,
	 * so none with a password in it is reported.
	 */
	void check() {
		if (this.host == null) {
			LlmTrackProperties.check(this.port == null, "proxy.port", this.port, "Must not be set without a host.");
			LlmTrackProperties.check(this.username == null, "proxy.username", this.username,
					"Must not be set without a host.");
			LlmTrackProperties.check(this.password == null, "proxy.host", null,
					"Must be set together with a password.");
			return;
		}
		LlmTrackProperties.check(this.host.indexOf('@') == -1, "proxy", "(hidden)",
				"The host must be the name of a host or an address, without user name, password and port, "
						+ "which have properties of their own.");
		LlmTrackProperties.check(this.host.matches(HOST), "proxy.host", this.host,
				"Must be the name of a host or an address, without scheme and port.");
		LlmTrackProperties.check(this.port != null && this.port >= 1 && this.port <= 65535, "proxy.port", this.port,
				"Must be between 1 and 65535.");
		LlmTrackProperties.check(this.username == null || this.username.matches(USERNAME), "proxy.username",
				this.username, "Must have no colon and no control characters.");
		LlmTrackProperties.check(this.password == null || this.username != null, "proxy.username", null,
				"Must be set together with a password.");
	}

}
