// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What native images have to keep of the inner parts of other libraries: Spring AI's
 * models, and in those of tests Mockito.
 */
final class InternalsHints implements RuntimeHintsRegistrar {

	/** By their names, as most applications have one or two of them. */
	private static final List<String> MODELS = List.of("org.springframework.ai.anthropic.AnthropicChatModel",
			"org.springframework.ai.bedrock.converse.BedrockProxyChatModel",
			"org.springframework.ai.deepseek.DeepSeekChatModel",
			"org.springframework.ai.google.genai.GoogleGenAiChatModel",
			"org.springframework.ai.mistralai.MistralAiChatModel", "org.springframework.ai.ollama.OllamaChatModel",
			"org.springframework.ai.openai.OpenAiChatModel");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerTypeIfPresent(classLoader, MockitoMocks.MOCKITO, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerTypeIfPresent(classLoader, MockitoMocks.DETAILS_OF_MOCK, MemberCategory.INVOKE_PUBLIC_METHODS);
		registerModels(hints.reflection(), classLoader);
	}

	private static void registerModels(ReflectionHints hints, @Nullable ClassLoader classLoader) {
		MODELS.forEach((model) -> hints.registerTypeIfPresent(classLoader, model,
				(type) -> type.withField(ModelObservations.FIELD)));
		ModelEndpoint.CLIENTS.forEach(
				(model, field) -> hints.registerTypeIfPresent(classLoader, model, (type) -> type.withField(field)));
		hints.registerTypeIfPresent(classLoader, ModelEndpoint.OPENAI_CLIENT,
				(type) -> type.withField(ModelEndpoint.OPENAI_OPTIONS));
		ModelEndpoint.TYPES
			.forEach((type) -> hints.registerTypeIfPresent(classLoader, type, MemberCategory.INVOKE_PUBLIC_METHODS));
	}

}
