// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;

/**
 * What Anthropic answers.
 */
public final class AnthropicAnswers {

	public static final String MODEL = "claude-haiku-4-5-20251001";

	private AnthropicAnswers() {
	}

	public static ResponseDefinitionBuilder text(String content, int inputTokens, int outputTokens) {
		return text(content, "\"input_tokens\":%d,\"output_tokens\":%d".formatted(inputTokens, outputTokens));
	}

	public static ResponseDefinitionBuilder text(String content, String usage) {
		return WireMock.okJson("""
				{"id":"msg","type":"message","role":"assistant","model":"%s","stop_reason":"end_turn",\
				"stop_sequence":null,"content":[{"type":"text","text":"%s"}],\
				"usage":{%s}}""".formatted(MODEL, content, usage));
	}

	public static ResponseDefinitionBuilder failure(int status) {
		return WireMock.jsonResponse("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"no\"}}",
				status);
	}

	public static ResponseDefinitionBuilder textStream(String content, int inputTokens, int outputTokens) {
		return WireMock.aResponse()
			.withHeader("Content-Type", "text/event-stream")
			.withBody(start(inputTokens) + delta(content) + usage(outputTokens) + stop());
	}

	/**
	 * A stream with all that its start and its end say of usage.
	 */
	public static ResponseDefinitionBuilder textStream(String content, String startUsage, String endUsage) {
		return WireMock.aResponse()
			.withHeader("Content-Type", "text/event-stream")
			.withBody(start(startUsage) + delta(content) + usage(endUsage) + stop());
	}

	public static String start(int inputTokens) {
		return start("\"input_tokens\":%d,\"output_tokens\":1".formatted(inputTokens));
	}

	private static String start(String usage) {
		return event("message_start", """
				"message":{"id":"msg","type":"message","role":"assistant","model":"%s","content":[],\
				"stop_reason":null,"stop_sequence":null,"usage":{%s}}""".formatted(MODEL, usage))
				+ event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
	}

	public static String delta(String content) {
		return event("content_block_delta",
				"\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}".formatted(content));
	}

	public static String usage(int outputTokens) {
		return usage("\"output_tokens\":" + outputTokens);
	}

	private static String usage(String usage) {
		return event("content_block_stop", "\"index\":0") + event("message_delta", """
				"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{%s}""".formatted(usage));
	}

	public static String stop() {
		return event("message_stop", "\"index\":0");
	}

	private static String event(String type, String fields) {
		return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
	}

}
