// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.stereotype.Service;

/**
 * A model that is injected by its class.
 */
@Service
class Titles {

	private final OpenAiChatModel chatModel;

	Titles(OpenAiChatModel chatModel) {
		this.chatModel = chatModel;
	}

	@LlmFeature("title")
	String title(String text) {
		return this.chatModel.call("A title for: " + text);
	}

	@LlmFeature("title")
	Flux<String> titles(String text) {
		return this.chatModel.stream("Titles for: " + text);
	}

}
