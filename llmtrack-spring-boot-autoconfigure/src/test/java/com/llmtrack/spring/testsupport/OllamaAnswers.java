// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;

/**
 * What Ollama answers.
 */
public final class OllamaAnswers {

	public static final String MODEL = "llama3.2";

	private OllamaAnswers() {
	}

	public static ResponseDefinitionBuilder text(String content, int promptTokens, int completionTokens) {
		return WireMock.okJson(last(content, promptTokens, completionTokens));
	}

	/**
	 * An answer to a prompt that Ollama had cached, whose tokens it does not count.
	 */
	public static ResponseDefinitionBuilder textForCachedPrompt(String content, int completionTokens) {
		return WireMock.okJson(lastForCachedPrompt(content, completionTokens));
	}

	public static ResponseDefinitionBuilder textStreamForCachedPrompt(String content, int completionTokens) {
		return stream(chunk(content) + lastForCachedPrompt("", completionTokens));
	}

	public static ResponseDefinitionBuilder textStream(String content, int promptTokens, int completionTokens) {
		return stream(chunk(content) + last("", promptTokens, completionTokens));
	}

	private static ResponseDefinitionBuilder stream(String body) {
		return WireMock.aResponse().withHeader("Content-Type", "application/x-ndjson").withBody(body);
	}

	private static String lastForCachedPrompt(String content, int completionTokens) {
		return last(content, 0, completionTokens).replace("\"prompt_eval_count\":0,", "");
	}

	public static String chunk(String content) {
		return """
				{"model":"%s","created_at":"2026-01-01T00:00:00Z",\
				"message":{"role":"assistant","content":"%s"},"done":false}
				""".formatted(MODEL, content);
	}

	public static String last(String content, int promptTokens, int completionTokens) {
		return """
				{"model":"%s","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"%s"},\
				"done_reason":"stop","done":true,"total_duration":5,"load_duration":1,"prompt_eval_count":%d,\
				"prompt_eval_duration":1,"eval_count":%d,"eval_duration":1}
				""".formatted(MODEL, content, promptTokens, completionTokens);
	}

}
