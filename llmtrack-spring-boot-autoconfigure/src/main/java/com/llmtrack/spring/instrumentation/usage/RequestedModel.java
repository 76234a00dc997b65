// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.model.ModelOptions;
import org.springframework.ai.model.ModelRequest;

/**
 * The model that was requested: the one in the request's options or else the one in the
 * default options of the {@link ChatModel}.
 */
public final class RequestedModel {

	private RequestedModel() {
	}

	public static @Nullable String of(@Nullable ModelRequest<?> request, @Nullable Object target) {
		String model = (request != null) ? modelIn(request.getOptions()) : null;
		if (model == null && target instanceof ChatModel chatModel) {
			model = modelIn(SpringAiApi.get().defaultOptions(chatModel));
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
