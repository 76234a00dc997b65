// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.util.function.Consumer;

import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.stereotype.Service;

/**
 * The features that use a language model: each method is one feature in LLMtrack.
 */
@Service
public class Assistant {

	private final ChatClient chatClient;

	private final Orders orders = new Orders();

	Assistant(ChatClient.Builder chatClientBuilder) {
		this.chatClient = chatClientBuilder.build();
	}

	@LlmFeature("support-chat")
	public Flux<String> answer(@LlmCustomerId String customer, String conversation, String question) {
		return this.chatClient.prompt(question).advisors(partOf(conversation)).stream().content();
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
	 * Makes the model call a tool: two requests, and so two events.
	 */
	@LlmFeature("order-status")
	public @Nullable String findOrder(@LlmCustomerId String customer, String question) {
		return this.chatClient.prompt(question).tools(this.orders).call().content();
	}

	/**
	 * Asks for a model that does not exist, to show what a failed request looks like.
	 */
	@LlmFeature("translation")
	public @Nullable String translate(String text) {
		return this.chatClient.prompt("Translate into French: " + text).options(noSuchModel()).call().content();
	}

	/**
	 * Names the conversation, as it is done for a chat memory.
	 */
	private static Consumer<ChatClient.AdvisorSpec> partOf(String conversation) {
		return (advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation);
	}

	private static ChatOptions.Builder<?> noSuchModel() {
		return ChatOptions.builder().model("no-such-model");
	}

}
