// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/**
 * An application without features, and one with features.
 */
public class Shop {

	private final ChatClient chatClient;

	private final ChatModel chatModel;

	public Shop(ChatClient.Builder builder, ChatModel chatModel) {
		this.chatClient = builder.build();
		this.chatModel = chatModel;
	}

	public String answer() {
		return this.chatClient.prompt("Hi").call().content();
	}

	public String recommend() {
		Supplier<String> request = () -> this.chatModel.call("Hi");
		return request.get();
	}

	public String story() {
		return String.join("", this.chatClient.prompt("Hi").stream().content().toIterable());
	}

	public String answerOn(Executor executor) throws InterruptedException, ExecutionException {
		return CompletableFuture.supplyAsync(this::answer, executor).get();
	}

	/**
	 * Return a stream for others to subscribe to.
	 */
	public Flux<String> stream() {
		return this.chatClient.prompt("Hi").stream().content();
	}

	@LlmFeature("search")
	public String search() {
		return this.chatClient.prompt("Hi").call().content();
	}

}
