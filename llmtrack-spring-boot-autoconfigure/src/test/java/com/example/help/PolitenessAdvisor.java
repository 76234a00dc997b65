// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.help;

import java.util.function.Supplier;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;

/**
 * An advisor of the application, which passes requests on from a lambda and from a class
 * inside a method, and asks a model itself before streams.
 */
class PolitenessAdvisor implements CallAdvisor, StreamAdvisor {

	private final ChatModel chatModel;

	PolitenessAdvisor(ChatModel chatModel) {
		this.chatModel = chatModel;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		Supplier<ChatClientResponse> lambda = () -> chain.nextCall(request);
		return new Supplier<ChatClientResponse>() {

			@Override
			public ChatClientResponse get() {
				return lambda.get();
			}

		}.get();
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		return Flux.defer(() -> {
			this.chatModel.call("Is this polite?");
			return chain.nextStream(request);
		});
	}

	@Override
	public String getName() {
		return "politeness";
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
