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
