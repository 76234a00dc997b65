// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.nio.charset.StandardCharsets;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * Takes events as LLMtrack does, in a process of its own. Prints its port, and ends with
 * its standard input.
 */
public final class EventServer {

	private static final byte[] ANSWER = "{\"ok\":true,\"consumption_source\":\"included\"}"
		.getBytes(StandardCharsets.UTF_8);

	private EventServer() {
	}

	public static void main(String[] args) throws Exception {
		DisposableServer server = HttpServer.create()
			.host("localhost")
			.port(0)
			.runOn(LoopResources.create("server", 1, true))
			.route((routes) -> routes.post("/api/ingest",
					(request, response) -> request.receive()
						.then(response.status(201)
							.header("Content-Type", "application/json")
							.sendByteArray(Mono.just(ANSWER))
							.then())))
			.bindNow();
		System.out.println(server.port());
		while (System.in.read() >= 0) {
			// Whoever started it is still there
		}
	}

}
