// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.ClassUtils;

/**
 * The HTTP client below the WebClient, with threads and connections of its own, so that
 * the application's clients are neither slowed down nor configured by ours. Speaks
 * HTTP/1.1. Opens no connection before the first request; cancelling an exchange closes
 * its connection.
 */
interface HttpConnection extends AutoCloseable {

	/** A class of Reactor Netty. */
	String REACTOR_NETTY = "reactor.netty.http.client.HttpClient";

	ClientHttpConnector connector();

	@Override
	void close();

	/**
	 * Use Reactor Netty if the application has it, as with Spring AI's WebClient starter,
	 * else the JDK's client, which needs no additional dependency.
	 */
	static HttpConnection create(TransportSettings settings) {
		ClassLoader classLoader = HttpConnection.class.getClassLoader();
		return ClassUtils.isPresent(REACTOR_NETTY, classLoader) ? new ReactorNettyConnection(settings)
				: new JdkConnection(settings);
	}

}
