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

package com.llmtrack.spring;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;

/**
 * What Ollama answers.
 */
final class OllamaAnswers {

	static final String MODEL = "llama3.2";

	private OllamaAnswers() {
	}

	static ResponseDefinitionBuilder text(String content, int promptTokens, int completionTokens) {
		return WireMock.okJson(last(content, promptTokens, completionTokens));
	}

	static ResponseDefinitionBuilder textStream(String content, int promptTokens, int completionTokens) {
		return WireMock.aResponse()
			.withHeader("Content-Type", "application/x-ndjson")
			.withBody(chunk(content) + last("", promptTokens, completionTokens));
	}

	static String chunk(String content) {
		return """
				{"model":"%s","created_at":"2026-01-01T00:00:00Z",\
				"message":{"role":"assistant","content":"%s"},"done":false}
				""".formatted(MODEL, content);
	}

	static String last(String content, int promptTokens, int completionTokens) {
		return """
				{"model":"%s","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"%s"},\
				"done_reason":"stop","done":true,"total_duration":5,"load_duration":1,"prompt_eval_count":%d,\
				"prompt_eval_duration":1,"eval_count":%d,"eval_duration":1}
				""".formatted(MODEL, content, promptTokens, completionTokens);
	}

}
