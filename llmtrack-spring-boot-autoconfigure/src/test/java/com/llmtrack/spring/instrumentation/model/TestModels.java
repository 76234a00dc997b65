// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Models of all kinds that an application may declare, and their answers.
 */
public final class TestModels {

	private TestModels() {
	}

	public static ChatResponse response(String model, int promptTokens, int completionTokens) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
				ChatResponseMetadata.builder()
					.model(model)
					.usage(new DefaultUsage(promptTokens, completionTokens))
					.build());
	}

	/**
	 * A model of an ordinary class.
	 */
	public static class OpenModel implements ChatModel {

		private final String name;

		OpenModel() {
			this("open-model");
		}

		OpenModel(String name) {
			this.name = name;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return response(this.name, 3, 4);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.just(response("", 0, 0), response(this.name, 3, 4));
		}

		@Override
		public ChatOptions getOptions() {
			return ChatOptions.builder().model("configured-model").build();
		}

		String specificToThisClass() {
			return this.name;
		}

	}

	/**
	 * A model of a final class, like Spring AI's own for OpenAI and Anthropic.
	 */
	public static final class FinalModel extends OpenModel {

		FinalModel() {
			super("final-model");
		}

		FinalModel(String name) {
			super(name);
		}

	}

	/**
	 * A model of a class with a final method, which a class proxy could not intercept.
	 */
	public static class ModelWithFinalMethod extends OpenModel {

		private final String suffix;

		ModelWithFinalMethod(String suffix) {
			this.suffix = suffix;
		}

		@Override
		public final ChatResponse call(Prompt prompt) {
			return response("model" + this.suffix.strip(), 3, 4);
		}

	}

}
