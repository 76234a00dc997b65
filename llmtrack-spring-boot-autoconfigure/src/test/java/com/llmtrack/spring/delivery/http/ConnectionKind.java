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

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.llmtrack.spring.LiveThreads;

/**
 * The HTTP clients that there may be under a {@link WebClientTransport}.
 */
enum ConnectionKind {

	REACTOR_NETTY(ReactorNettyConnection::new, (name) -> name.startsWith("llmtrack-http")),

	JDK(JdkConnection::new, (name) -> name.startsWith("HttpClient-"));

	private final Function<TransportSettings, HttpConnection> factory;

	private final Predicate<String> threadNames;

	ConnectionKind(Function<TransportSettings, HttpConnection> factory, Predicate<String> threadNames) {
		this.factory = factory;
		this.threadNames = threadNames;
	}

	WebClientTransport transport(TransportSettings settings, LlmTrackWebClientCustomizer... customizers) {
		return new WebClientTransport(settings, () -> Stream.of(customizers), this.factory);
	}

	LiveThreads threads() {
		return LiveThreads.named(this.threadNames);
	}

}
