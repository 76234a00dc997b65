// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;

/**
 * A chat client with tools. Each round of a question is a request of this feature, and
 * the customer's.
 */
@Service
class SupportChat {

	private final ChatClient chatClient;

	SupportChat(ChatClient.Builder builder, Orders orders) {
		this.chatClient = builder.defaultTools(orders).build();
	}

	@LlmFeature("support-chat")
	String answer(@LlmCustomerId String customer, String question) {
		return this.chatClient.prompt(question).call().content();
	}

	@LlmFeature("support-chat")
	Flux<String> stream(@LlmCustomerId String customer, String question) {
		return this.chatClient.prompt(question).stream().content();
	}

	@LlmFeature("support-mail")
	Mono<String> mail(@LlmCustomerId String customer, String question) {
		return Mono.fromCallable(() -> this.chatClient.prompt(question).call().content())
			.subscribeOn(Schedulers.boundedElastic());
	}

}
