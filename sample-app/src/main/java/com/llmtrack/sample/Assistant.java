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

package com.llmtrack.sample;

import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.stereotype.Service;

/**
 * What the application uses a language model for: each method is one feature in LLMtrack.
 */
@Service
public class Assistant {

	private final ChatClient chatClient;

	private final Orders orders = new Orders();

	Assistant(ChatClient.Builder chatClientBuilder) {
		this.chatClient = chatClientBuilder.build();
	}

	@LlmFeature("support-chat")
	public Flux<String> answer(String question) {
		return this.chatClient.prompt(question).stream().content();
	}

	@LlmFeature("summary")
	public @Nullable String summarize(String text) {
		return this.chatClient.prompt().system("Summarize in one sentence.").user(text).call().content();
	}

	@LlmFeature("story")
	public Flux<String> tell(String subject) {
		return this.chatClient.prompt("Tell a short story about " + subject).stream().content();
	}

	/**
	 * Has the model ask for a tool: two requests, and so two events.
	 */
	@LlmFeature("order-status")
	public @Nullable String findOrder(String question) {
		return this.chatClient.prompt(question).tools(this.orders).call().content();
	}

	/**
	 * Asks for a model that does not exist, to show what a failed request looks like.
	 */
	@LlmFeature("translation")
	public @Nullable String translate(String text) {
		return this.chatClient.prompt("Translate into French: " + text).options(noSuchModel()).call().content();
	}

	private static ChatOptions.Builder<?> noSuchModel() {
		return ChatOptions.builder().model("no-such-model");
	}

}
