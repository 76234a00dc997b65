// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.ModelInstrumentation;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * A model that is built by hand and no bean, so it is instrumented by hand, too.
 */
@Service
class Summaries {

	private final ChatModel chatModel;

	Summaries(ModelInstrumentation instrumentation, @Value("${shop.ollama.base-url}") String baseUrl) {
		OllamaApi api = OllamaApi.builder().baseUrl(baseUrl).build();
		this.chatModel = instrumentation.instrument(OllamaChatModel.builder().ollamaApi(api).build());
	}

	@LlmFeature("summary")
	String summarize(String text) {
		return this.chatModel.call("Summarize: " + text);
	}

}
