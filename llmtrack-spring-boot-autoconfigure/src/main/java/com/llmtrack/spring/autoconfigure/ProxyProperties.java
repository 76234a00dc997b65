// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.delivery.http.ProxySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.util.StringUtils;

/**
 * Proxy on the way to LLMtrack.
 *
 * @param host Host of the HTTP proxy on the way to LLMtrack. If not set, the JVM's system
 * properties decide, such as https.proxyHost and http.nonProxyHosts.
 * @param port Port of the proxy.
 * @param username User name for basic authentication at the proxy. Without Reactor Netty,
 * the JDK's HTTP client sends it for https only where the JVM's system property
 * jdk.http.auth.tunneling.disabledSchemes is set, and does not name Basic.
 * @param password Password for basic authentication at the proxy.
 */
record ProxyProperties(@Nullable String host, @Nullable Integer port, @Nullable String username,
		@Nullable String password) {

	private static final String HOST = "[^\\s/:@?#\\[\\]]+|\\[?[0-9a-fA-F:.]+]?";

	private static final String USERNAME = "[^:\\p{Cntrl}]+";

	@ConstructorBinding
	ProxyProperties {
		host = StringUtils.hasText(host) ? host.strip() : null;
		username = StringUtils.hasText(username) ? username : null;
		password = StringUtils.hasLength(password) ? password : null;
	}

	ProxyProperties() {
		this(null, null, null, null);
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
			PropertyChecks.check(this.port == null, "proxy.port", this.port, "Must not be set without a host.");
			PropertyChecks.check(this.username == null, "proxy.username", this.username,
					"Must not be set without a host.");
			PropertyChecks.check(this.password == null, "proxy.host", null, "Must be set together with a password.");
			return;
		}
		PropertyChecks.check(this.host.indexOf('@') == -1, "proxy", "(hidden)",
				"The host must be the name of a host or an address, without user name, password and port, "
						+ "which have properties of their own.");
		PropertyChecks.check(this.host.matches(HOST), "proxy.host", this.host,
				"Must be the name of a host or an address, without scheme and port.");
		PropertyChecks.checkRange("proxy.port", this.port, 65535);
		PropertyChecks.check(this.username == null || this.username.matches(USERNAME), "proxy.username", this.username,
				"Must have no colon and no control characters.");
		PropertyChecks.check(this.password == null || this.username != null, "proxy.username", null,
				"Must be set together with a password.");
	}

	/**
	 * Shows no values, as one is the password.
	 */
	@Override
	public String toString() {
		return "ProxyProperties";
	}

}
