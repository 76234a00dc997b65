// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Carries the feature through a {@link ChatClient}: the value of the advisor parameter
 * {@link LlmFeatureContext#ADVISOR_PARAM} or else, for streams, the feature of the thread
 * that subscribes, because other advisors may switch threads.
 * <p>
 * An injected {@link ChatClient.Builder} already has this advisor. Add it as a default
 * advisor to a builder that you create yourself.
 *
 * @since 0.1.0
 */
public final class LlmFeatureAdvisor implements CallAdvisor, StreamAdvisor {

	/**
	 * Create an advisor.
	 */
	public LlmFeatureAdvisor() {
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		String feature = parameter(request);
		return (feature != null) ? LlmFeatureContext.call(feature, () -> chain.nextCall(request))
				: chain.nextCall(request);
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		Flux<ChatClientResponse> stream = chain.nextStream(request);
		String parameter = parameter(request);
		if (parameter != null) {
			return LlmFeatureContext.call(parameter, () -> LlmFeatureContext.wrap(stream));
		}
		String feature = LlmFeatureContext.ofScope();
		String inherited = (feature != null) ? feature : ofToolCall();
		return (inherited != null) ? stream.contextWrite((context) -> context.hasKey(LlmFeatureContext.REACTOR_KEY)
				? context : context.put(LlmFeatureContext.REACTOR_KEY, inherited)) : stream;
	}

	private static @Nullable String parameter(ChatClientRequest request) {
		Map<String, @Nullable Object> context = request.context();
		return (context.get(LlmFeatureContext.ADVISOR_PARAM) instanceof String feature && StringUtils.hasText(feature))
				? feature.strip() : null;
	}

	/**
	 * Return the feature of the stream whose tool the current thread runs. Spring AI runs
	 * such tools on its own threads and keeps the stream's context there.
	 */
	private static @Nullable String ofToolCall() {
		try {
			ContextView context = ToolCallReactiveContextHolder.getContext();
			return (context.getOrDefault(LlmFeatureContext.REACTOR_KEY, null) instanceof String feature) ? feature
					: null;
		}
		catch (LinkageError ex) {
			// The class is internal to Spring AI and may disappear
			return null;
		}
	}

	@Override
	public String getName() {
		return "llmtrack-feature";
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
