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
