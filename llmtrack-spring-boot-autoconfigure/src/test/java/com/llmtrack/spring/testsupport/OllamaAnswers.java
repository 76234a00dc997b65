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

	public static ResponseDefinitionBuilder textStream(String content, int promptTokens, int completionTokens) {
		return WireMock.aResponse()
			.withHeader("Content-Type", "application/x-ndjson")
			.withBody(chunk(content) + last("", promptTokens, completionTokens));
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
