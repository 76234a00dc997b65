// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;

/**
 * What the application uses a model for.
 */
@Service
public class SupportChat {

	private final ChatClient chatClient;

	SupportChat(ChatClient.Builder builder) {
		this.chatClient = builder.build();
	}

	@LlmFeature("support-chat")
	public String answer(String question) {
		return this.chatClient.prompt(question).call().content();
	}

	@LlmFeature("story")
	public Flux<String> tell(String subject) {
		return this.chatClient.prompt(subject).stream().content();
	}

	public String anonymous() {
		return this.chatClient.prompt("Hi").call().content();
	}

}
