// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * What the lines of Spring AI offer by different methods. A module for an older line
 * registers its implementation as a service. Called within the application's calls, on
 * any thread: waits for nothing.
 */
public interface SpringAiApi {

	/**
	 * Return the implementation for the line that the application has.
	 */
	static SpringAiApi get() {
		return SpringAiLine.CURRENT;
	}

	/**
	 * Return the options that a model uses for requests without any.
	 */
	@Nullable ChatOptions defaultOptions(ChatModel model);

	/**
	 * Return the number of tokens that were read from a cache, if it is reported.
	 */
	@Nullable Long cacheReadTokens(Usage usage);

	/**
	 * Return the number of tokens that were written to a cache, if it is reported.
	 */
	@Nullable Long cacheWriteTokens(Usage usage);

	/**
	 * Return what a provider's own usage says about cached and reasoning tokens, and how
	 * these are counted.
	 * @param nativeUsage a usage that all lines do not have
	 * @return the details without any other count, or {@code null} if its class is not
	 * known
	 */
	@Nullable LlmTokenUsage details(Object nativeUsage);

	/**
	 * Return where a model sends its requests, as far as no type that all lines have
	 * tells it.
	 * @param model the model itself, behind any proxy
	 * @return the address, or {@code null} if it is unknown
	 */
	@Nullable String baseUrl(Object model);

	/**
	 * Return whether models run tools themselves, and so make several requests within one
	 * call.
	 */
	boolean modelsRunTools();

	/**
	 * Return whether the models of a provider report the usage of all requests of a call
	 * so far, if they run tools themselves.
	 * @param provider the provider, in LLMtrack's spelling
	 */
	boolean addsUpUsage(String provider);

	/**
	 * Return whether an observation that ends is that of a stream, on the thread that
	 * ends it.
	 */
	boolean isStreaming(ChatModelObservationContext context);

}
