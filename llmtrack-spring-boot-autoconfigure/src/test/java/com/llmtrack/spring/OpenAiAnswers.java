// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import tools.jackson.databind.json.JsonMapper;

/**
 * What OpenAI answers.
 */
final class OpenAiAnswers {

	static final String MODEL = "gpt-4o-mini-2024-07-18";

	static final String DONE = "data: [DONE]\n\n";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private OpenAiAnswers() {
	}

	static ResponseDefinitionBuilder text(String content, int promptTokens, int completionTokens) {
		return completion("\"content\":" + JSON.writeValueAsString(content), "stop", promptTokens, completionTokens);
	}

	static ResponseDefinitionBuilder toolCall(String tool, String arguments, int promptTokens, int completionTokens) {
		return completion("\"content\":null,\"tool_calls\":[" + call(tool, arguments) + "]", "tool_calls", promptTokens,
				completionTokens);
	}

	private static ResponseDefinitionBuilder completion(String message, String finishReason, int promptTokens,
			int completionTokens) {
		return WireMock.okJson("""
				{"id":"c","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,\
				"message":{"role":"assistant",%s},"finish_reason":"%s"}],"usage":%s}""".formatted(MODEL, message,
				finishReason, usage(promptTokens, completionTokens)));
	}

	static ResponseDefinitionBuilder failure(int status) {
		return WireMock.jsonResponse("{\"error\":{\"message\":\"no\",\"code\":\"bad\"}}", status);
	}

	static ResponseDefinitionBuilder textStream(String content, int promptTokens, int completionTokens) {
		return stream(chunk(content), finishChunk("stop"), usageChunk(promptTokens, completionTokens), DONE);
	}

	static ResponseDefinitionBuilder toolCallStream(String tool, String arguments, int promptTokens,
			int completionTokens) {
		return stream(deltaChunk("\"role\":\"assistant\",\"tool_calls\":[" + call(tool, arguments) + "]", "null"),
				finishChunk("tool_calls"), usageChunk(promptTokens, completionTokens), DONE);
	}

	static ResponseDefinitionBuilder stream(String... parts) {
		return WireMock.aResponse().withHeader("Content-Type", "text/event-stream").withBody(String.join("", parts));
	}

	static String chunk(String content) {
		return deltaChunk("\"role\":\"assistant\",\"content\":" + JSON.writeValueAsString(content), "null");
	}

	static String finishChunk(String reason) {
		return deltaChunk("", "\"" + reason + "\"");
	}

	static String usageChunk(int promptTokens, int completionTokens) {
		return data("[]", usage(promptTokens, completionTokens));
	}

	/**
	 * A chunk with text and usage, as OpenAI-compatible services send.
	 */
	static String chunkWithUsage(String content, int promptTokens, int completionTokens) {
		return data(choices("\"role\":\"assistant\",\"content\":" + JSON.writeValueAsString(content), "null"),
				usage(promptTokens, completionTokens));
	}

	private static String deltaChunk(String delta, String finishReason) {
		return data(choices(delta, finishReason), "null");
	}

	private static String choices(String delta, String finishReason) {
		return "[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]".formatted(delta, finishReason);
	}

	private static String data(String choices, String usage) {
		return """
				data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"%s","choices":%s,"usage":%s}

				""".formatted(MODEL, choices, usage);
	}

	private static String call(String tool, String arguments) {
		return "{\"index\":0,\"id\":\"call-1\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}"
			.formatted(tool, JSON.writeValueAsString(arguments));
	}

	private static String usage(int promptTokens, int completionTokens) {
		return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}".formatted(promptTokens,
				completionTokens, promptTokens + completionTokens);
	}

}
