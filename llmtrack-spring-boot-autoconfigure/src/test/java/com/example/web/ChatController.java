// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.web;

import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller whose streams the web framework subscribes to.
 */
@RestController
public final class ChatController {

	private final ChatClient client;

	private final ChatModel model;

	public ChatController(ChatClient.Builder builder, ChatModel model) {
		this.client = builder.build();
		this.model = model;
	}

	@GetMapping(path = "/client", produces = "text/event-stream")
	public Flux<String> ofClient() {
		return this.client.prompt("Hi").stream().content();
	}

	@GetMapping(path = "/model", produces = "text/event-stream")
	public Flux<String> ofModel() {
		return this.model.stream("Hi");
	}

	/**
	 * The class is final, so that the annotation has no effect.
	 */
	@GetMapping(path = "/annotated", produces = "text/event-stream")
	@LlmFeature("annotated")
	public Flux<String> annotated() {
		return this.client.prompt("Hi").stream().content();
	}

}
