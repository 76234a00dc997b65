// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.ProxyProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * Reactor Netty, with one event loop thread, a daemon.
 */
final class ReactorNettyConnection implements HttpConnection {

	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

	private final ConnectionProvider connections;

	private final LoopResources threads;

	private final ClientHttpConnector connector;

	ReactorNettyConnection(TransportSettings settings) {
		this.connections = ConnectionProvider.builder("llmtrack")
			.maxConnections(settings.maxConnections())
			.pendingAcquireMaxCount(-1)
			.maxIdleTime(MAX_IDLE_TIME)
			.build();
		this.threads = LoopResources.create("llmtrack-http", 1, true);
		this.connector = new ReactorClientHttpConnector(client(settings));
	}

	private HttpClient client(TransportSettings settings) {
		HttpClient client = HttpClient.create(this.connections)
			.runOn(this.threads)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()));
		client = route(client, settings.effectiveProxy());
		TlsSettings tls = settings.tls();
		return (tls != null) ? secure(client, tls) : client;
	}

	private static HttpClient route(HttpClient client, @Nullable ProxySettings proxy) {
		if (proxy == null) {
			// The JVM's name resolution, as for all other hosts
			return client.resolver(DefaultAddressResolverGroup.INSTANCE).noProxy();
		}
		// Only the proxy may be able to resolve names
		return client.resolver(NoopAddressResolverGroup.INSTANCE).proxy((spec) -> {
			ProxyProvider.Builder builder = spec
				.type(proxy.socks() ? ProxyProvider.Proxy.SOCKS5 : ProxyProvider.Proxy.HTTP)
				.host(proxy.host())
				.port(proxy.port());
			if (proxy.username() != null) {
				builder.username(proxy.username()).password((username) -> proxy.passwordOrEmpty());
			}
		});
	}

	private static HttpClient secure(HttpClient client, TlsSettings tls) {
		// Reactor Netty verifies the host name all the same
		SslProvider.GenericSslContextSpec<SslContextBuilder> context = Http11SslContextSpec.forClient()
			.configure((builder) -> configure(builder, tls));
		return client.secure((spec) -> spec.sslContext(context));
	}

	private static void configure(SslContextBuilder builder, TlsSettings tls) {
		builder.trustManager(tls.trust()).keyManager(tls.keys());
		if (!tls.protocols().isEmpty()) {
			builder.protocols(tls.protocols());
		}
		if (!tls.ciphers().isEmpty()) {
			builder.ciphers(tls.ciphers());
		}
	}

	@Override
	public ClientHttpConnector connector() {
		return this.connector;
	}

	@Override
	public void close() {
		this.connections.dispose();
		// Disposing of the resources themselves would start one of Reactor's shared
		// threads
		this.threads.onClient(LoopResources.DEFAULT_NATIVE).shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

}
