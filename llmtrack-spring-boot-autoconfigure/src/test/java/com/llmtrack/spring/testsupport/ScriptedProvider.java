// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A provider whose answers break off or never end.
 */
public final class ScriptedProvider {

	private final HttpServer server;

	private final AtomicInteger requests = new AtomicInteger();

	private volatile DeliveryResult answer = new DeliveryResult("", false, new CountDownLatch(0));

	public ScriptedProvider() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ExecutorService executor = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "scripted-provider");
			thread.setDaemon(true);
			return thread;
		});
		this.server.setExecutor(executor);
		this.server.createContext("/", this::serve);
		this.server.start();
	}

	private void serve(HttpExchange exchange) throws IOException {
		try (exchange) {
			DeliveryResult answer = this.answer;
			byte[] request = exchange.getRequestBody().readAllBytes();
			this.requests.incrementAndGet();
			if (answer.hangs() && answer.text().isEmpty()) {
				answer.await();
				return;
			}
			exchange.getResponseHeaders()
				.set("Content-Type", exchange.getRequestURI().getPath().startsWith("/api/") ? "application/x-ndjson"
						: "text/event-stream");
			// More than there ever is, so that the end comes unexpectedly
			exchange.sendResponseHeaders(200, answer.text().length() + request.length + 1);
			OutputStream body = exchange.getResponseBody();
			body.write(answer.text().getBytes(StandardCharsets.UTF_8));
			body.flush();
			if (answer.hangs()) {
				answer.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	public void breaksOffAfter(String... parts) {
		this.answer = new DeliveryResult(String.join("", parts), false, new CountDownLatch(1));
	}

	/**
	 * Stop in the middle of an answer, or before it if there are no parts.
	 */
	public void hangsAfter(String... parts) {
		this.answer = new DeliveryResult(String.join("", parts), true, new CountDownLatch(1));
	}

	/**
	 * Forget all requests, and let go of those that hang.
	 */
	public void reset() {
		this.answer.released().countDown();
		this.requests.set(0);
	}

	public int requests() {
		return this.requests.get();
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private record DeliveryResult(String text, boolean hangs, CountDownLatch released) {

		void await() throws InterruptedException {
			this.released.await(20, TimeUnit.SECONDS);
		}

	}

}
