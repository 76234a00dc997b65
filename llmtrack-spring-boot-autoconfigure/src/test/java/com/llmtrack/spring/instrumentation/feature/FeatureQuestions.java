// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;

/**
 * Ways to make a request to OpenAI, without features.
 */
class FeatureQuestions {

	final ChatClient client;

	/** Its streams go on with other threads. */
	final ChatClient rememberingClient;

	/** Its streams go on with other threads, too. */
	final ChatClient advisedClient;

	final ChatModel model;

	/** Is seen by its observations only. */
	final OpenAiChatModel rawModel;

	FeatureQuestions(ChatClient.Builder builder, ChatModel model, OpenAiChatModel rawModel) {
		this.client = builder.clone().build();
		this.rememberingClient = builder.clone()
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
			.defaultAdvisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "1"))
			.build();
		this.advisedClient = builder.clone().defaultAdvisors(new Retrieval()).build();
		this.model = model;
		this.rawModel = rawModel;
	}

	String ask() {
		return this.client.prompt("Hi").call().content();
	}

	Flux<String> stream() {
		return this.client.prompt("Hi").stream().content();
	}

	Flux<String> streamWithMemory() {
		return this.rememberingClient.prompt("Hi").stream().content();
	}

	Flux<String> streamWithAdvisor() {
		return this.advisedClient.prompt("Hi").stream().content();
	}

	/**
	 * As {@code QuestionAnswerAdvisor}, hops to another thread in streams.
	 */
	static final class Retrieval implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			return request;
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
