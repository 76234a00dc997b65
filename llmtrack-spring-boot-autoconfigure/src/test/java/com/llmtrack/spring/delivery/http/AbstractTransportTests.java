// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.OutgoingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;

/**
 * Base for tests of {@link WebClientTransport}, which run with each kind of connection.
 */
abstract class AbstractTransportTests {

	static final String KEY = "llmtrack-key-7f3a9c";

	static final int MAX_CONNECTIONS = 4;

	static final Duration LONG = Duration.ofMinutes(1);

	static final Duration MODERATE = Duration.ofSeconds(1);

	static final Duration SHORT = Duration.ofMillis(200);

	@Parameter
	ConnectionKind kind;

	private final List<WebClientTransport> transports = new ArrayList<>();

	@AfterEach
	void closeTransports() {
		this.transports.forEach(WebClientTransport::close);
	}

	WebClientTransport transport(URI baseUrl) {
		return transport(baseUrl, LONG);
	}

	WebClientTransport transport(URI baseUrl, Duration requestTimeout) {
		return transport(settings(baseUrl).requestTimeout(requestTimeout).build());
	}

	static TransportSettingsBuilder settings(URI baseUrl) {
		return new TransportSettingsBuilder(baseUrl, KEY).connectTimeout(LONG)
			.requestTimeout(LONG)
			.maxConnections(MAX_CONNECTIONS);
	}

	WebClientTransport transport(TransportSettings settings) {
		WebClientTransport transport = this.kind.transport(settings);
		this.transports.add(transport);
		return transport;
	}

	static DeliveryResult resultOf(EventTransport transport) {
		return send(transport).join();
	}

	static CompletableFuture<DeliveryResult> send(EventTransport transport) {
		return send(transport, event());
	}

	static CompletableFuture<DeliveryResult> send(EventTransport transport, OutgoingEvent event) {
		return transport.send(event).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
	}

	static OutgoingEvent event() {
		LlmUsageEvent event = LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.tokens(120L, 80L, 200L)
			.latency(Duration.ofMillis(842))
			.feature("chat-completion")
			.build();
		return new OutgoingEvent(event, UUID.randomUUID().toString());
	}

}
