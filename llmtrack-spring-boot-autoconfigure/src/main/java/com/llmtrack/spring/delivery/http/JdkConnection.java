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

import java.net.http.HttpClient;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/**
 * The JDK's HTTP client. Its threads are daemons; they end when the client is no longer
 * referred to, as Java 17 has no way to close it. An exchange that is given up in the
 * middle of its answer keeps its connection until the server closes it, because Spring's
 * connector does not hand the cancellation on.
 */
final class JdkConnection implements HttpConnection {

	private final ClientHttpConnector connector;

	JdkConnection(TransportSettings settings) {
		// With HTTP/2 it would send an upgrade header that not every proxy understands
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(settings.connectTimeout())
			.build();
		this.connector = new JdkClientHttpConnector(client);
	}

	@Override
	public ClientHttpConnector connector() {
		return this.connector;
	}

	@Override
	public void close() {
	}

}
