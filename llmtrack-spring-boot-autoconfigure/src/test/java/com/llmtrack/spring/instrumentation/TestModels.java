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

package com.llmtrack.spring.instrumentation;

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
 * Models of the shapes that an application may declare, and their answers.
 */
final class TestModels {

	private TestModels() {
	}

	static ChatResponse response(String model, int promptTokens, int completionTokens) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
				ChatResponseMetadata.builder()
					.model(model)
					.usage(new DefaultUsage(promptTokens, completionTokens))
					.build());
	}

	/**
	 * A model of an ordinary class.
	 */
	static class OpenModel implements ChatModel {

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
	static final class FinalModel extends OpenModel {

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
	static class ModelWithFinalMethod extends OpenModel {

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
