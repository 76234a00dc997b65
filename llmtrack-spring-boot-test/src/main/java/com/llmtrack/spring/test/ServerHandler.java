// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;

/**
 * HTTP of an {@link LlmTrackServer}. Blocks a thread while an answer is delayed.
 */
final class ServerHandler implements HttpHandler {

	private static final String ANSWER = "/answer/";

	private final LlmTrackServer server;

	private final ServerAnswers answers;

	ServerHandler(LlmTrackServer server, ServerAnswers answers) {
		this.server = server;
		this.answers = answers;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			LlmTrackAnswer answer = answerTo(exchange);
			TimeUnit.NANOSECONDS.sleep(answer.delay().toNanos());
			if (answer.isSent()) {
				send(exchange, answer);
			}
			// Else closing the exchange closes the connection
		}
		catch (InterruptedException ex) {
			// The server is being closed
			Thread.currentThread().interrupt();
		}
	}

	private LlmTrackAnswer answerTo(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
		if (request.startsWith("PUT " + ANSWER)) {
			return this.answers.always(request.substring(("PUT " + ANSWER).length()));
		}
		if (!request.equals("POST /api/ingest")) {
			return LlmTrackAnswer.error(404, "Not found");
		}
		Headers headers = exchange.getRequestHeaders();
		return this.server.ingest(key(headers), headers.getFirst("Content-Type"), headers.getFirst("Idempotency-Key"),
				body);
	}

	private static @Nullable String key(Headers headers) {
		String authorization = headers.getFirst("Authorization");
		return (authorization != null) ? authorization.replaceFirst("^Bearer( |$)", "") : headers.getFirst("x-api-key");
	}

	private static void send(HttpExchange exchange, LlmTrackAnswer answer) throws IOException {
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		answer.headers().forEach(exchange.getResponseHeaders()::set);
		exchange.sendResponseHeaders(answer.status(), body.length);
		exchange.getResponseBody().write(body);
	}

}
