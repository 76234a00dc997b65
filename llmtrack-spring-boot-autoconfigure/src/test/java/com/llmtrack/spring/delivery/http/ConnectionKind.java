// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.testsupport.LiveThreads;

/**
 * The HTTP clients that a {@link WebClientTransport} can use.
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
