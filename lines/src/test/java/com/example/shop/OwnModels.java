// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Models of the application's own beside OpenAI's, which is still the one to inject.
 */
@TestConfiguration(proxyBeanMethods = false)
class OwnModels {

	static final IllegalStateException FAILURE = new IllegalStateException("The failure of a model");

	/**
	 * A model that passes each request on.
	 */
	@Bean
	@Fallback
	ChatModel decorator(@Qualifier("openAiChatModel") ChatModel delegate) {
		return new Decorator(delegate);
	}

	@Bean
	@Fallback
	ChatModel failing() {
		return new ChatModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				throw FAILURE;
			}

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.error(FAILURE);
			}

		};
	}

	static class Decorator implements ChatModel {

		private final ChatModel delegate;

		Decorator(ChatModel delegate) {
			this.delegate = delegate;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.delegate.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.delegate.stream(prompt);
		}

	}

}
