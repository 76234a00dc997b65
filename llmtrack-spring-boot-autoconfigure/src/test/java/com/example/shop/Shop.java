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
 * An application that forgot to name its features, and one that did not.
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
