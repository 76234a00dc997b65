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

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.model.ModelOptions;
import org.springframework.ai.model.ModelRequest;

/**
 * The model that a request asked for: the one in its own options, else the one in the
 * options that the {@link ChatModel} was configured with.
 */
final class RequestedModel {

	private RequestedModel() {
	}

	static @Nullable String of(@Nullable ModelRequest<?> request, @Nullable Object target) {
		String model = (request != null) ? modelIn(request.getOptions()) : null;
		if (model == null && target instanceof ChatModel chatModel) {
			model = modelIn(chatModel.getOptions());
		}
		return model;
	}

	private static @Nullable String modelIn(@Nullable ModelOptions options) {
		String model = null;
		if (options instanceof ChatOptions chatOptions) {
			model = chatOptions.getModel();
		}
		else if (options instanceof EmbeddingOptions embeddingOptions) {
			model = embeddingOptions.getModel();
		}
		return (model != null && !model.isBlank()) ? model : null;
	}

}
