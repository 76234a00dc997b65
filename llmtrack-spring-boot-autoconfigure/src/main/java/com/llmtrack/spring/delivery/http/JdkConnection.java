// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Locale;

import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * The JDK's HTTP client. Its threads are daemons and end when the client is no longer
 * referenced, as Java 17 has no way to close it. Does not support SOCKS proxies.
 */
final class JdkConnection implements HttpConnection {

	private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

	private static final Log logger = LogFactory.getLog(JdkConnection.class);

	/** Clients are rebuilt when certificates change. */
	private static final LogOnce credentialsNotSent = LogOnce.forever();

	private final ClientHttpConnector connector;

	JdkConnection(TransportSettings settings) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(settings.connectTimeout())
			.proxy(HttpClient.Builder.NO_PROXY);
		ProxySettings proxy = settings.effectiveProxy();
		String authorization = null;
		if (proxy != null && !proxy.socks()) {
			builder.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
			authorization = proxy.authorization();
			warnIfNotSent(authorization, proxy, settings);
		}
		TlsSettings tls = settings.tls();
		if (tls != null) {
			builder.sslContext(tls.context()).sslParameters(tls.parameters());
		}
		this.connector = new JdkConnector(builder.build(), authorization);
	}

	/**
	 * Warn that the JDK does not send credentials to a proxy that tunnels, unless the JVM
	 * as a whole is told to.
	 */
	private static void warnIfNotSent(@Nullable String authorization, ProxySettings proxy, TransportSettings settings) {
		String disabled = System.getProperty(DISABLED_SCHEMES);
		boolean sent = disabled != null && !disabled.toLowerCase(Locale.ROOT).contains("basic");
		if (authorization != null && !sent && "https".equalsIgnoreCase(settings.baseUrl().getScheme())
				&& credentialsNotSent.isDue(proxy.host() + ":" + proxy.port())) {
			logger.warn("The JDK's HTTP client does not send llmtrack.proxy.username to the proxy, unless the JVM "
					+ "is started with -D" + DISABLED_SCHEMES + "= or the application has Reactor Netty");
		}
	}

	@Override
	public ClientHttpConnector connector() {
		return this.connector;
	}

	@Override
	public void close() {
	}

}
