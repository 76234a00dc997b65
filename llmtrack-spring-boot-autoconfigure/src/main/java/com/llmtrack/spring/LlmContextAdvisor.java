// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Carries the context of a request through a {@link ChatClient}: first the advisor
 * parameters {@link LlmContext#FEATURE_PARAM}, {@link LlmContext#CUSTOMER_PARAM} and
 * {@link ChatMemory#CONVERSATION_ID}, then, for streams, the context of the thread that
 * subscribes, because other advisors may switch threads. Each call of the client begins a
 * turn, unless it is made within another one's.
 * <p>
 * An injected {@link ChatClient.Builder} already has this advisor. Add it as a default
 * advisor to a builder that you create yourself.
 *
 * @since 0.1.0
 */
public final class LlmContextAdvisor implements CallAdvisor, StreamAdvisor {

	private final boolean conversations;

	private final boolean turns;

	/**
	 * Create an advisor that carries everything.
	 */
	public LlmContextAdvisor() {
		this(true, true);
	}

	/**
	 * Create an advisor that leaves out what events do not include.
	 * @param conversations whether to carry the conversation
	 * @param turns whether to begin turns
	 */
	public LlmContextAdvisor(boolean conversations, boolean turns) {
		this.conversations = conversations;
		this.turns = turns;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		LlmContext context = contextOf(request);
		return context.isEmpty() ? chain.nextCall(request) : context.call(() -> chain.nextCall(request));
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		Flux<ChatClientResponse> stream = contextOf(request).wrap(chain.nextStream(request));
		LlmContext inherited = LlmContext.current().within(ofToolCall());
		return inherited.isEmpty() ? stream
				: stream.contextWrite((context) -> LlmContext.of(context).within(inherited).writeTo(context));
	}

	private LlmContext contextOf(ChatClientRequest request) {
		Map<String, @Nullable Object> parameters = request.context();
		LlmContext context = LlmContext.EMPTY;
		if (parameters.get(LlmContext.FEATURE_PARAM) instanceof String feature && StringUtils.hasText(feature)) {
			context = context.andFeature(feature);
		}
		Object customer = parameters.get(LlmContext.CUSTOMER_PARAM);
		if (customer instanceof LlmCustomer known) {
			context = context.with(known);
		}
		else if (customer != null && StringUtils.hasText(customer.toString())) {
			context = context.andCustomer(customer.toString());
		}
		Object conversation = this.conversations ? parameters.get(ChatMemory.CONVERSATION_ID) : null;
		if (conversation != null) {
			context = context.andConversation(conversation.toString());
		}
		return (this.turns && LlmContext.current().turnId() == null) ? context.andNewTurn() : context;
	}

	/**
	 * Return the context of the stream whose tool the current thread runs. Spring AI runs
	 * such tools on its own threads and keeps the stream's Reactor context there.
	 */
	private static LlmContext ofToolCall() {
		try {
			return LlmContext.of(ToolCallReactiveContextHolder.getContext());
		}
		catch (LinkageError ex) {
			// The class is internal to Spring AI and may disappear
			return LlmContext.EMPTY;
		}
	}

	@Override
	public String getName() {
		return "llmtrack-context";
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
