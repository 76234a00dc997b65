// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.netty.resolver.DefaultAddressResolverGroup;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Posts events in a loop, with the client settings of the starter: no queue, no retry, no
 * states, nothing kept.
 */
final class WebClientLoop implements AutoCloseable {

	private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {
	};

	private final WebClient webClient;

	private final int inFlight;

	private final Runnable closing;

	private WebClientLoop(WebClient.Builder builder, URI baseUrl, int inFlight, Runnable closing) {
		this.webClient = builder.baseUrl(baseUrl.toString())
			.defaultHeader("Authorization", "Bearer benchmark-key")
			.defaultHeader("Accept", MediaType.APPLICATION_JSON_VALUE)
			.defaultHeader("User-Agent", "benchmark")
			.build();
		this.inFlight = inFlight;
		this.closing = closing;
	}

	static WebClientLoop to(URI baseUrl, int inFlight) {
		boolean reactorNetty = ClassUtils.isPresent("reactor.netty.http.client.HttpClient",
				WebClientLoop.class.getClassLoader());
		return reactorNetty ? ReactorNetty.loop(baseUrl, inFlight) : new WebClientLoop(
				WebClient.builder().clientConnector(new JdkClientHttpConnector()), baseUrl, inFlight, () -> {
				});
	}

	/**
	 * Post events, and return how many were taken.
	 */
	long post(int events) {
		return Flux.range(0, events).flatMap((number) -> post(), this.inFlight).count().blockOptional().orElseThrow();
	}

	private Mono<Map<String, Object>> post() {
		return this.webClient.post()
			.uri("/api/ingest")
			.contentType(MediaType.APPLICATION_JSON)
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.bodyValue(event())
			.retrieve()
			.bodyToMono(JSON)
			.timeout(Duration.ofSeconds(10))
			.filter((answer) -> Boolean.TRUE.equals(answer.get("ok")))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("Not taken")));
	}

	private static Map<String, Object> event() {
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("provider", "openai");
		event.put("model", "gpt-4o-mini-2024-07-18");
		event.put("prompt_tokens", 19);
		event.put("completion_tokens", 10);
		event.put("total_tokens", 29);
		event.put("latency_ms", 842);
		event.put("status", "success");
		event.put("environment", "staging");
		event.put("metadata", Map.of("feature", "support-chat"));
		return event;
	}

	@Override
	public void close() {
		this.closing.run();
	}

	/**
	 * Loaded only where there is Reactor Netty.
	 */
	private static final class ReactorNetty {

		static WebClientLoop loop(URI baseUrl, int inFlight) {
			ConnectionProvider connections = ConnectionProvider.builder("loop")
				.maxConnections(inFlight)
				.pendingAcquireMaxCount(-1)
				.build();
			LoopResources threads = LoopResources.create("loop", 1, true);
			HttpClient client = HttpClient.create(connections)
				.runOn(threads)
				.resolver(DefaultAddressResolverGroup.INSTANCE);
			return new WebClientLoop(WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)),
					baseUrl, inFlight, () -> {
						connections.dispose();
						threads.dispose();
					});
		}

	}

}
