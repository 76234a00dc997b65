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
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A proxy between the application and LLMtrack, which HTTPS is tunnelled through. Has no
 * string representation, as it holds a password.
 *
 * @since 0.1.0
 */
public final class ProxySettings {

	private final InetSocketAddress address;

	private final @Nullable String username;

	private final @Nullable String password;

	private final boolean socks;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create settings of an HTTP proxy.
	 * @param host its host
	 * @param port its port
	 * @param username the user name for its basic authentication, or {@code null} if it
	 * has none
	 * @param password the password, or {@code null} if there is none
	 */
	public ProxySettings(String host, int port, @Nullable String username, @Nullable String password) {
		this(InetSocketAddress.createUnresolved(host, port), username, password, false);
	}

	private ProxySettings(InetSocketAddress address, @Nullable String username, @Nullable String password,
			boolean socks) {
		this.address = address;
		this.username = username;
		this.password = password;
		this.socks = socks;
	}

	/**
	 * Ask the JVM, which knows the system properties for proxies and for hosts that need
	 * none. So does Reactor Netty, but it takes the proxy for HTTP where there is none
	 * for HTTPS, and fails where a property is no number.
	 * @param url what to reach
	 * @return the proxy, or {@code null} if there is none on the way
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
		return new ProxySettings(InetSocketAddress.createUnresolved(address.getHostString(), address.getPort()),
				System.getProperty(prefix + "User"), System.getProperty(prefix + "Password"),
				proxy.type() == Proxy.Type.SOCKS);
	}

	/**
	 * Return whether a warning is the first one, as clients are built time and again.
	 */
	boolean isFirstWarning() {
		return this.warned.compareAndSet(false, true);
	}

	InetSocketAddress address() {
		return this.address;
	}

	boolean isSocks() {
		return this.socks;
	}

	@Nullable String username() {
		return this.username;
	}

	String password() {
		return (this.password != null) ? this.password : "";
	}

	/**
	 * Return the value of the header that the proxy knows its user by, or {@code null} if
	 * it needs none.
	 */
	@Nullable String authorization() {
		if (this.username == null) {
			return null;
		}
		byte[] credentials = (this.username + ":" + password()).getBytes(StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(credentials);
	}

}
