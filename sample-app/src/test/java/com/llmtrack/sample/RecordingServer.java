// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * LLMtrack as far as idempotency keys go, on a port that stays the same while it is down.
 */
final class RecordingServer implements AutoCloseable {

	private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final int port;

	private volatile Duration delay = Duration.ZERO;

	private HttpServer server;

	RecordingServer() {
		up(0);
		this.port = this.server.getAddress().getPort();
	}

	void up() {
		up(this.port);
	}

	private void up(int port) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/api/ingest", this::ingest);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	void down() {
		this.server.stop(0);
	}

	/**
	 * Take so long for each event from now on.
	 */
	void slow(Duration delay) {
		this.delay = delay;
	}

	private void ingest(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			LockSupport.parkNanos(this.delay.toNanos());
			String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
			int times = this.requests.computeIfAbsent(key, (newKey) -> new AtomicInteger()).incrementAndGet();
			byte[] answer = ("{\"ok\":true,\"duplicate\":" + (times > 1) + "}").getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(201, answer.length);
			exchange.getResponseBody().write(answer);
		}
	}

	String argument() {
		return "--llmtrack.base-url=http://127.0.0.1:" + this.port;
	}

	/**
	 * Return the idempotency keys of all events.
	 */
	Set<String> events() {
		return this.requests.keySet();
	}

	@Override
	public void close() {
		down();
		this.threads.shutdownNow();
	}

}
