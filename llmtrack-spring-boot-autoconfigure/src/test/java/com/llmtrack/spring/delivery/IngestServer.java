// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.testsupport.EventSchema;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A stand-in for LLMtrack that counts how often each event arrives, and under which
 * idempotency keys. Answers slowly until it is told not to.
 */
public final class IngestServer implements AutoCloseable {

	private final Map<String, Integer> arrivals = new ConcurrentHashMap<>();

	private final Map<String, Set<String>> keysByModel = new ConcurrentHashMap<>();

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.route((routes) -> routes.post("/api/ingest", this::respond))
		.bindNow();

	private volatile Duration delay = Duration.ofMillis(20);

	private volatile boolean available = true;

	private Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
		if (!this.available) {
			return response.status(503).send();
		}
		String key = request.requestHeaders().get("Idempotency-Key");
		Mono<String> content = request.receive().aggregate().asString().map((body) -> {
			boolean duplicate = arrive(key, body);
			return "{\"ok\":true,\"duplicate\":" + duplicate + "}";
		});
		Duration delay = this.delay;
		return response.status(201)
			.header("Content-Type", "application/json")
			.sendString(delay.isZero() ? content : content.delayElement(delay));
	}

	private boolean arrive(String key, String body) {
		String model = EventSchema.validated(body).at("/model").asString();
		this.keysByModel.computeIfAbsent(model, (name) -> ConcurrentHashMap.newKeySet()).add(key);
		return this.arrivals.merge(key, 1, Integer::sum) > 1;
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/**
	 * Respond at once from now on.
	 */
	public void hurry() {
		this.delay = Duration.ZERO;
	}

	/**
	 * Accept events from now on, or respond that the service is unavailable.
	 */
	public void available(boolean available) {
		this.available = available;
	}

	/**
	 * Return how often each key has arrived.
	 */
	public Map<String, Integer> arrivals() {
		return Map.copyOf(this.arrivals);
	}

	/**
	 * Return the models of the events that have arrived.
	 */
	public Set<String> models() {
		return Set.copyOf(this.keysByModel.keySet());
	}

	/**
	 * Return the keys under which each event has arrived.
	 */
	public Collection<Set<String>> keysOfEvents() {
		return this.keysByModel.values();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
