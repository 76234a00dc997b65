/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.delivery.http;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.resolver.DefaultAddressResolverGroup;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

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
			.maxIdleTime(MAX_IDLE_TIME)
			.build();
		this.threads = LoopResources.create("llmtrack-http", 1, true);
		// The JVM's name resolution, so that LLMtrack is found just as other hosts are
		this.connector = new ReactorClientHttpConnector(HttpClient.create(this.connections)
			.runOn(this.threads)
			.resolver(DefaultAddressResolverGroup.INSTANCE)
			.proxyWithSystemProperties()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis())));
	}

	@Override
	public ClientHttpConnector connector() {
		return this.connector;
	}

	@Override
	public void close() {
		this.connections.dispose();
		this.threads.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).subscribe();
	}

}
