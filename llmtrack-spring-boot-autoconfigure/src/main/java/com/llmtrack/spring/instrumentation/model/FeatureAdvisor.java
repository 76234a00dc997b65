// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.Map;

import com.llmtrack.spring.LlmFeatureContext;
import com.llmtrack.spring.instrumentation.call.FeatureLookup;
import com.llmtrack.spring.instrumentation.feature.FeatureFlux;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Carries the feature through a {@link ChatClient}: that of its advisor parameter
 * {@link LlmFeatureContext#ADVISOR_PARAM}, else, for streams, that of the thread which
 * subscribes, since other advisors go on with other threads.
 * <p>
 * The injected {@link ChatClient.Builder} has it already; one that is made by hand takes
 * it as a default advisor.
 *
 * @since 0.1.0
 */
public final class FeatureAdvisor implements CallAdvisor, StreamAdvisor {

	/**
	 * Create an advisor.
	 */
	public FeatureAdvisor() {
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		String feature = parameter(request);
		return (feature != null) ? LlmFeatureContext.get(feature, () -> chain.nextCall(request))
				: chain.nextCall(request);
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		Flux<ChatClientResponse> stream = chain.nextStream(request);
		String parameter = parameter(request);
		if (parameter != null) {
			return FeatureFlux.of(stream, parameter);
		}
		String feature = FeatureLookup.find(null);
		return (feature != null) ? stream.contextWrite((context) -> context.hasKey(LlmFeatureContext.REACTOR_KEY)
				? context : context.put(LlmFeatureContext.REACTOR_KEY, feature)) : stream;
	}

	private static @Nullable String parameter(ChatClientRequest request) {
		Map<String, @Nullable Object> context = request.context();
		return (context.get(LlmFeatureContext.ADVISOR_PARAM) instanceof String feature && StringUtils.hasText(feature))
				? feature.strip() : null;
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
