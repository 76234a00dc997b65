// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;

/**
 * Stands in for OpenAI and Ollama. What it answers depends on the request alone: "Use
 * status" has the model call the tool of that name, and "Fail" is refused.
 */
final class Providers {

	static final String CALL = "success 19/10";

	static final String STREAM = "success 7/5";

	static final String FIRST_ROUND = "success 100/10";

	static final String WITHIN_THE_TOOL = "success 30/3";

	static final String LAST_ROUND = "success 200/20";

	private static final String CHAT = "(/v1)?/chat/completions";

	private static final StringValuePattern ANYTHING = WireMock.containing("");

	// The JDK's client, which Spring AI 1.1 uses here, asks for HTTP/2, of which WireMock
	// resets streams
	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));

	Providers() {
		openAi(5, ANYTHING, text("Hello"), usage(19, 10), usage(7, 5));
		openAi(4, WireMock.containing("Explain the invoice"), text("Explained"), usage(30, 3), usage(30, 3));
		for (String tool : List.of("status", "explainInvoice", "terms", "cancel")) {
			openAi(3, WireMock.containing("Use " + tool), toolCall(tool), usage(100, 10), usage(100, 10));
		}
		openAi(2, WireMock.matchingJsonPath("$.messages[?(@.role == 'tool')]"), text("Done"), usage(200, 20),
				usage(200, 20));
		this.server.stubFor(WireMock.post(WireMock.urlPathMatching(CHAT))
			.atPriority(1)
			.withRequestBody(WireMock.containing("Fail"))
			.willReturn(WireMock.jsonResponse("{\"error\":{\"message\":\"refused\"}}", 400)));
		this.server.stubFor(WireMock.post(WireMock.urlPathMatching("(/v1)?/embeddings")).willReturn(WireMock.okJson("""
				{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,0.25]}],
				"model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5}}""")));
		ollama();
		this.server.start();
	}

	private void openAi(int priority, StringValuePattern request, String message, String usageOfCall,
			String usageOfStream) {
		String finishReason = message.contains("tool_calls") ? "tool_calls" : "stop";
		stub(CHAT, priority, request, false, WireMock
			.okJson(openAi("chat.completion", choice("message", message, "\"" + finishReason + "\""), usageOfCall)));
		stub(CHAT, priority, request, true,
				stream("text/event-stream",
						event(choice("delta", message, "null"), "null")
								+ event(choice("delta", "", "\"" + finishReason + "\""), "null")
								+ event("", usageOfStream) + "data: [DONE]\n\n"));
	}

	private static String event(String choice, String usage) {
		return "data: " + openAi("chat.completion.chunk", choice, usage) + "\n\n";
	}

	private static String openAi(String type, String choice, String usage) {
		return "{\"id\":\"c\",\"object\":\"%s\",\"created\":1,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[%s],\"usage\":%s}"
			.formatted(type, choice, usage);
	}

	private static String choice(String kind, String message, String finishReason) {
		return "{\"index\":0,\"%s\":{%s},\"finish_reason\":%s}".formatted(kind, message, finishReason);
	}

	private static String text(String content) {
		return "\"role\":\"assistant\",\"content\":\"%s\"".formatted(content);
	}

	private static String toolCall(String tool) {
		return """
				"role":"assistant","tool_calls":[{"index":0,"id":"call-1","type":"function",\
				"function":{"name":"%s","arguments":"{\\"number\\":\\"1\\"}"}}]""".formatted(tool);
	}

	private static String usage(int prompt, int completion) {
		return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}".formatted(prompt, completion,
				prompt + completion);
	}

	private void ollama() {
		String answer = """
				{"model":"llama3.2","created_at":"2026-01-01T00:00:00Z",\
				"message":{"role":"assistant","content":"Hello"},"done":true,"done_reason":"stop",\
				"prompt_eval_count":%d,"eval_count":%d}
				""";
		stub("/api/chat", 5, ANYTHING, false, WireMock.okJson(answer.formatted(19, 10)));
		stub("/api/chat", 5, ANYTHING, true, stream("application/x-ndjson", answer.formatted(7, 5)));
	}

	private static ResponseDefinitionBuilder stream(String contentType, String body) {
		return WireMock.aResponse().withHeader("Content-Type", contentType).withBody(body);
	}

	private void stub(String path, int priority, StringValuePattern request, boolean stream,
			ResponseDefinitionBuilder response) {
		String streams = "$[?(@.stream == true)]";
		this.server.stubFor(WireMock.post(WireMock.urlPathMatching(path))
			.atPriority(priority)
			.withRequestBody(request)
			.withRequestBody(
					stream ? WireMock.matchingJsonPath(streams) : WireMock.not(WireMock.matchingJsonPath(streams)))
			.willReturn(response));
	}

	/**
	 * Return the properties that lead an application here. Those about retries belong to
	 * Spring AI 2.0 and 1.1.
	 */
	Map<String, String> properties() {
		return Map.of("spring.ai.openai.base-url", url(), "spring.ai.openai.api-key", "openai-key",
				"shop.ollama.base-url", url(), "spring.ai.openai.max-retries", "0", "spring.ai.retry.max-attempts",
				"1");
	}

	String url() {
		return this.server.baseUrl();
	}

	int requests() {
		return this.server.countRequestsMatching(WireMock.anyRequestedFor(WireMock.anyUrl()).build()).getCount();
	}

	void forgetRequests() {
		this.server.resetRequests();
	}

}
