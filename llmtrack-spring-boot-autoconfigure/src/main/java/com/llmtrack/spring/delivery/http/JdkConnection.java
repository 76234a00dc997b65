// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Locale;

import javax.net.ssl.SSLContext;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/**
 * The JDK's HTTP client. Its threads are daemons; they end when the client is no longer
 * referred to, as Java 17 has no way to close it. Knows no SOCKS proxies.
 */
final class JdkConnection implements HttpConnection {

	private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

	private static final Log logger = LogFactory.getLog(JdkConnection.class);

	private final ClientHttpConnector connector;

	JdkConnection(TransportSettings settings) {
		// Without TLS it would send an upgrade header that not every proxy understands
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(settings.isSecure() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
			.connectTimeout(settings.connectTimeout());
		ProxySettings proxy = settings.proxy();
		boolean proxied = proxy != null && !proxy.isSocks();
		builder.proxy((proxy != null && proxied) ? ProxySelector.of(proxy.address()) : HttpClient.Builder.NO_PROXY);
		TlsSettings tls = settings.tls();
		if (tls != null) {
			SSLContext context = tls.context();
			builder.sslContext(context).sslParameters(tls.parameters(context));
		}
		String authorization = (proxy != null && proxied) ? proxy.authorization() : null;
		if (proxy != null && authorization != null && settings.isSecure()) {
			warnIfNotSent(proxy);
		}
		this.connector = new JdkClientHttpConnector(new JdkExchanges(builder.build(), authorization));
	}

	/**
	 * Warn that the JDK keeps the credentials to itself, unless it is told otherwise for
	 * all of the application.
	 */
	private static void warnIfNotSent(ProxySettings proxy) {
		String disabled = System.getProperty(DISABLED_SCHEMES);
		boolean sent = disabled != null && !disabled.toLowerCase(Locale.ROOT).contains("basic");
		if (!sent && proxy.isFirstWarning()) {
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
