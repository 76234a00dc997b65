// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenAI, Anthropic, Ollama and LLMtrack, all over HTTP on loopback. As an extension,
 * they are reset before each test, and stopped after those of a class unless they are
 * shared.
 */
public final class StubServers implements BeforeEachCallback, AfterAllCallback {

	private static final String INGEST = "/api/ingest";

	private final WireMockServer providers = start();

	private final WireMockServer llmTrack = start();

	private final ProviderStub openAi = new ProviderStub(this.providers, "/v1/chat/completions");

	private final ProviderStub anthropic = new ProviderStub(this.providers, "/v1/messages");

	private final ProviderStub ollama = new ProviderStub(this.providers, "/api/chat");

	private final ProviderStub openAiEmbeddings = new ProviderStub(this.providers, "/v1/embeddings");

	private final ProviderStub openAiImages = new ProviderStub(this.providers, "/v1/images/generations");

	private final ProviderStub ollamaEmbeddings = new ProviderStub(this.providers, "/api/embed");

	private final boolean shared;

	public StubServers() {
		this(false);
	}

	private StubServers(boolean shared) {
		this.shared = shared;
	}

	/**
	 * Return servers for several classes, whose common application outlives each of them.
	 */
	public static StubServers shared() {
		return new StubServers(true);
	}

	private static WireMockServer start() {
		WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		server.start();
		return server;
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		reset();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (!this.shared) {
			this.providers.stop();
			this.llmTrack.stop();
		}
	}

	/**
	 * Forget all requests, and let all services answer as they usually do.
	 */
	public void reset() {
		this.providers.resetAll();
		this.llmTrack.resetAll();
		llmTrackAnswers(WireMock.okJson("{\"ok\":true,\"consumption_source\":\"included\"}").withStatus(201));
		openAiAnswers("""
				{"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"gpt-4o-mini-2024-07-18",
				"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],
				"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}
				""");
		this.anthropic.answers(AnthropicAnswers.text("Hello", 21, 12));
		this.ollama.answers(OllamaAnswers.text("Hello", 23, 14));
		this.openAiEmbeddings.answers(EmbeddingAnswers.openAi());
		this.ollamaEmbeddings.answers(EmbeddingAnswers.ollama());
	}

	public ProviderStub openAi() {
		return this.openAi;
	}

	public ProviderStub anthropic() {
		return this.anthropic;
	}

	public ProviderStub ollama() {
		return this.ollama;
	}

	public ProviderStub openAiEmbeddings() {
		return this.openAiEmbeddings;
	}

	public ProviderStub openAiImages() {
		return this.openAiImages;
	}

	public ProviderStub ollamaEmbeddings() {
		return this.ollamaEmbeddings;
	}

	/**
	 * Return the address of all providers, to which each adds a path of its own.
	 */
	public String providersUrl() {
		return this.providers.baseUrl();
	}

	public int requests() {
		return this.openAi.requests() + this.anthropic.requests() + this.ollama.requests();
	}

	public int embeddingRequests() {
		return this.openAiEmbeddings.requests() + this.ollamaEmbeddings.requests();
	}

	public String openAiUrl() {
		return this.providers.baseUrl() + "/v1";
	}

	public String llmTrackUrl() {
		return this.llmTrack.baseUrl();
	}

	public void openAiAnswers(String json) {
		openAiAnswers(WireMock.okJson(json));
	}

	public void openAiStreams(String... chunks) {
		StringBuilder body = new StringBuilder();
		for (String chunk : chunks) {
			body.append("data: ").append(chunk).append("\n\n");
		}
		openAiAnswers(WireMock.aResponse()
			.withHeader("Content-Type", "text/event-stream")
			.withBody(body.append("data: [DONE]\n\n").toString()));
	}

	public void openAiAnswers(ResponseDefinitionBuilder response) {
		this.openAi.answers(response);
	}

	public void llmTrackAnswers(ResponseDefinitionBuilder response) {
		this.llmTrack.stubFor(WireMock.post(WireMock.urlEqualTo(INGEST)).willReturn(response));
	}

	public int openAiRequests() {
		return this.openAi.requests();
	}

	/**
	 * Await a number of events, each of which must fulfil the contract, and make sure
	 * that no more of them follow.
	 */
	public List<JsonNode> awaitEvents(int count) {
		return awaitEventRequests(count).stream()
			.map((request) -> EventSchema.validated(request.getBodyAsString()))
			.toList();
	}

	public List<LoggedRequest> awaitEventRequests(int count) {
		Waiting.await().until(() -> eventRequests().size() >= count);
		Waiting.awhile().untilAsserted(() -> assertThat(eventRequests()).hasSize(count));
		return eventRequests();
	}

	public List<LoggedRequest> eventRequests() {
		return this.llmTrack.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(INGEST)));
	}

	public JsonNode awaitEvent() {
		return awaitEvents(1).get(0);
	}

}
