// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.ServiceLoader;

import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.util.ClassUtils;

/**
 * The line of Spring AI that this is compiled with.
 */
final class SpringAiLine implements SpringAiApi {

	static final SpringAiApi CURRENT = find();

	private static SpringAiApi find() {
		if (ClassUtils.hasMethod(ChatModel.class, "getOptions")) {
			return new SpringAiLine();
		}
		return ServiceLoader.load(SpringAiApi.class, SpringAiApi.class.getClassLoader())
			.findFirst()
			.orElseGet(SpringAiLine::new);
	}

	@Override
	public @Nullable ChatOptions defaultOptions(ChatModel model) {
		return model.getOptions();
	}

	@Override
	public @Nullable Long cacheReadTokens(Usage usage) {
		return usage.getCacheReadInputTokens();
	}

	@Override
	public @Nullable Long cacheWriteTokens(Usage usage) {
		return usage.getCacheWriteInputTokens();
	}

	@Override
	public @Nullable LlmTokenUsage details(Object nativeUsage) {
		return null;
	}

	@Override
	public @Nullable String baseUrl(Object model) {
		return null;
	}

	@Override
	public boolean modelsRunTools() {
		return false;
	}

	@Override
	public boolean addsUpUsage(String provider) {
		return false;
	}

	@Override
	public boolean isStreaming(ChatModelObservationContext context) {
		return context.isStreaming();
	}

}
