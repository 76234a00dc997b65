// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.ClassUtils;

/**
 * The HTTP client under the WebClient, with threads and connections of its own, so that
 * the application's clients are neither slowed down nor configured by ours. Opens nothing
 * before the first request.
 */
interface HttpConnection extends AutoCloseable {

	ClientHttpConnector connector();

	@Override
	void close();

	/**
	 * Use Reactor Netty where the application has it, as applications with Spring AI's
	 * WebClient starter do, else the JDK's client: it costs no additional jar.
	 */
	static HttpConnection create(TransportSettings settings) {
		ClassLoader classLoader = HttpConnection.class.getClassLoader();
		return ClassUtils.isPresent("reactor.netty.http.client.HttpClient", classLoader)
				? new ReactorNettyConnection(settings) : new JdkConnection(settings);
	}

}
