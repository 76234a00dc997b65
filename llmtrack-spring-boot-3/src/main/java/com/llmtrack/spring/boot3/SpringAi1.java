// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.instrumentation.usage.SpringAiApi;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * The methods of Spring AI 1.1. A service, and public for that only.
 */
public final class SpringAi1 implements SpringAiApi {

	private static final StackWalker STACK = StackWalker.getInstance();

	@Override
	public @Nullable ChatOptions defaultOptions(ChatModel model) {
		return model.getDefaultOptions();
	}

	/**
	 * Return nothing: only the provider's own usage has it.
	 */
	@Override
	public @Nullable Long cacheReadTokens(Usage usage) {
		return null;
	}

	/**
	 * Return nothing: only the provider's own usage has it.
	 */
	@Override
	public @Nullable Long cacheWriteTokens(Usage usage) {
		return null;
	}

	@Override
	public @Nullable LlmTokenUsage details(Object nativeUsage) {
		return NativeUsages.details(nativeUsage);
	}

	@Override
	public @Nullable String baseUrl(Object model) {
		return ModelAddresses.of(model);
	}

	@Override
	public boolean modelsRunTools() {
		return true;
	}

	/**
	 * MiniMax's and ZhiPu AI's models call themselves for the next request.
	 */
	@Override
	public boolean addsUpUsage(String provider) {
		return !provider.equals("minimax") && !provider.equals("zhipuai");
	}

	/**
	 * Return whether an observation is that of a stream, which the context does not tell:
	 * it is, unless it ends within a call that is observed as a whole.
	 */
	@Override
	public boolean isStreaming(ChatModelObservationContext context) {
		return STACK.walk((frames) -> frames.dropWhile((frame) -> !isOfObservation(frame))
			// A composite handler calls ours from a stream
			.takeWhile((frame) -> isOfObservation(frame) || frame.getClassName().startsWith("java."))
			.noneMatch((frame) -> isOfObservation(frame) && frame.getMethodName().startsWith("observe")));
	}

	private static boolean isOfObservation(StackWalker.StackFrame frame) {
		return frame.getClassName().startsWith("io.micrometer.observation.");
	}

}
