// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Stands in for OpenAI and Ollama. Answers with the model that was asked for, at once or
 * when it may.
 */
final class Providers implements AutoCloseable {

	private static final String OPENAI = "/v1/chat/completions";

	private static final String OLLAMA = "/api/chat";

	private final Gate gate = new Gate();

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().globalTemplating(true).extensions(this.gate));

	Providers() {
		answer(OPENAI, false, WireMock.okJson("""
				{"id":"c","object":"chat.completion","created":1,"model":"{{jsonPath request.body '$.model'}}",\
				"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],\
				"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""));
		answer(OPENAI, true, WireMock.aResponse()
			.withHeader("Content-Type", "text/event-stream")
			.withBody(chunk("""
					[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]""", "null")
					+ chunk("[]", """
							{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}""") + "data: [DONE]\n\n"));
		answer(OLLAMA, false, WireMock.okJson(line("Hello", true, 3, 2)));
		answer(OLLAMA, true,
				WireMock.aResponse()
					.withHeader("Content-Type", "application/x-ndjson")
					.withBody(line("Hello", false, 0, 0) + line("", true, 7, 5)));
		this.server.start();
	}

	private void answer(String path, boolean stream, ResponseDefinitionBuilder response) {
		this.server.stubFor(WireMock.post(WireMock.urlEqualTo(path))
			.withRequestBody(WireMock.matchingJsonPath(stream ? "$[?(@.stream == true)]" : "$[?(!(@.stream == true))]"))
			.willReturn(response));
	}

	private static String chunk(String choices, String usage) {
		return """
				data: {"id":"c","object":"chat.completion.chunk","created":1,\
				"model":"{{jsonPath request.body '$.model'}}","choices":%s,"usage":%s}

				""".formatted(choices, usage);
	}

	private static String line(String content, boolean done, int promptTokens, int completionTokens) {
		return """
				{"model":"{{jsonPath request.body '$.model'}}","created_at":"2026-01-01T00:00:00Z",\
				"message":{"role":"assistant","content":"%s"},"done":%s,"prompt_eval_count":%d,"eval_count":%d}
				""".formatted(content, done, promptTokens, completionTokens);
	}

	String url() {
		return this.server.baseUrl();
	}

	int requests() {
		return this.server.findAll(WireMock.postRequestedFor(WireMock.anyUrl())).size();
	}

	/**
	 * Keep requests from now on waiting for their answers.
	 */
	void hold() {
		this.gate.arrived = new CountDownLatch(1);
		this.gate.open = new CountDownLatch(1);
	}

	void awaitRequest() {
		await(this.gate.arrived);
	}

	void release() {
		this.gate.open.countDown();
	}

	@Override
	public void close() {
		release();
		this.server.stop();
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(1, TimeUnit.MINUTES)) {
				throw new IllegalStateException("Nothing happened");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class Gate implements ResponseDefinitionTransformerV2 {

		private volatile CountDownLatch arrived = new CountDownLatch(1);

		private volatile CountDownLatch open = new CountDownLatch(0);

		@Override
		public ResponseDefinition transform(ServeEvent event) {
			this.arrived.countDown();
			await(this.open);
			return event.getResponseDefinition();
		}

		@Override
		public String getName() {
			return "gate";
		}

	}

}
