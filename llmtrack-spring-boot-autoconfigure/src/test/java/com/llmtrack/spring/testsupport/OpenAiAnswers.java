// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import tools.jackson.databind.json.JsonMapper;

/**
 * What OpenAI answers.
 */
public final class OpenAiAnswers {

	public static final String MODEL = "gpt-4o-mini-2024-07-18";

	public static final String DONE = "data: [DONE]\n\n";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private OpenAiAnswers() {
	}

	public static ResponseDefinitionBuilder text(String content, int promptTokens, int completionTokens) {
		return text(content, usage(promptTokens, completionTokens));
	}

	public static ResponseDefinitionBuilder text(String content, String usage) {
		return completion("\"content\":" + JSON.writeValueAsString(content), "stop", usage);
	}

	public static ResponseDefinitionBuilder toolCall(String tool, String arguments, int promptTokens,
			int completionTokens) {
		return completion("\"content\":null,\"tool_calls\":[" + call(tool, arguments) + "]", "tool_calls",
				usage(promptTokens, completionTokens));
	}

	private static ResponseDefinitionBuilder completion(String message, String finishReason, String usage) {
		return WireMock.okJson("""
				{"id":"c","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,\
				"message":{"role":"assistant",%s},"finish_reason":"%s"}],"usage":%s}""".formatted(MODEL, message,
				finishReason, usage));
	}

	public static ResponseDefinitionBuilder failure(int status) {
		return WireMock.jsonResponse("{\"error\":{\"message\":\"no\",\"code\":\"bad\"}}", status);
	}

	public static ResponseDefinitionBuilder textStream(String content, int promptTokens, int completionTokens) {
		return stream(chunk(content), finishChunk("stop"), usageChunk(promptTokens, completionTokens), DONE);
	}

	public static ResponseDefinitionBuilder toolCallStream(String tool, String arguments, int promptTokens,
			int completionTokens) {
		return stream(deltaChunk("\"role\":\"assistant\",\"tool_calls\":[" + call(tool, arguments) + "]", "null"),
				finishChunk("tool_calls"), usageChunk(promptTokens, completionTokens), DONE);
	}

	public static ResponseDefinitionBuilder stream(String... parts) {
		return WireMock.aResponse().withHeader("Content-Type", "text/event-stream").withBody(String.join("", parts));
	}

	public static String chunk(String content) {
		return deltaChunk("\"role\":\"assistant\",\"content\":" + JSON.writeValueAsString(content), "null");
	}

	public static String finishChunk(String reason) {
		return deltaChunk("", "\"" + reason + "\"");
	}

	public static String usageChunk(int promptTokens, int completionTokens) {
		return usageChunk(usage(promptTokens, completionTokens));
	}

	public static String usageChunk(String usage) {
		return data("[]", usage);
	}

	/**
	 * A chunk with text and usage, as OpenAI-compatible services send.
	 */
	public static String chunkWithUsage(String content, int promptTokens, int completionTokens) {
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
