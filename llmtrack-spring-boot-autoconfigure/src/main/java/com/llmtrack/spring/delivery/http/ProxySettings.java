// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A proxy between the application and LLMtrack; HTTPS is tunnelled through it.
 *
 * @param host its host
 * @param port its port
 * @param socks whether it is a SOCKS proxy rather than an HTTP proxy
 * @param username the user name for basic authentication, or {@code null} if the proxy
 * needs none
 * @param password the password, or {@code null} if there is none; not part of the string
 * representation
 */
public record ProxySettings(String host, int port, boolean socks, @Nullable String username,
		@Nullable String password) {

	/**
	 * Create settings of an HTTP proxy.
	 * @param host its host
	 * @param port its port
	 * @param username the user name, or {@code null} if the proxy needs none
	 * @param password the password, or {@code null} if there is none
	 */
	public ProxySettings(String host, int port, @Nullable String username, @Nullable String password) {
		this(host, port, false, username, password);
	}

	/**
	 * Return the proxy that the JVM's system properties name for a URL. The JVM evaluates
	 * them, as Reactor Netty uses the proxy for HTTP where there is none for HTTPS, and
	 * fails where a property is not a number.
	 * @param url the URL
	 * @return the proxy, or {@code null} if there is none
	 */
	static @Nullable ProxySettings ofJvm(URI url) {
		ProxySelector selector = ProxySelector.getDefault();
		List<Proxy> proxies = (selector != null) ? selector.select(url) : List.of();
		// The others are for clients that would try them one after the other
		Proxy proxy = proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
		if (proxy.type() == Proxy.Type.DIRECT || !(proxy.address() instanceof InetSocketAddress address)) {
			return null;
		}
		String prefix = url.getScheme().toLowerCase(Locale.ROOT) + ".proxy";
		return new ProxySettings(address.getHostString(), address.getPort(), proxy.type() == Proxy.Type.SOCKS,
				System.getProperty(prefix + "User"), System.getProperty(prefix + "Password"));
	}

	/**
	 * Return the value of the {@code Proxy-Authorization} header, or {@code null} if the
	 * proxy needs none.
	 */
	@Nullable String authorization() {
		if (this.username == null) {
			return null;
		}
		byte[] credentials = (this.username + ":" + passwordOrEmpty()).getBytes(StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(credentials);
	}

	String passwordOrEmpty() {
		return (this.password != null) ? this.password : "";
	}

	@Override
	public String toString() {
		return (this.socks ? "SOCKS" : "HTTP") + " proxy " + this.host + ":" + this.port;
	}

}
