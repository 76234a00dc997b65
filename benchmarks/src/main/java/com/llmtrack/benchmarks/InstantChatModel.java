// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Answers at once, and observes itself as Spring AI's models do; if there is no registry,
 * not at all.
 */
public class InstantChatModel implements ChatModel {

	static final int CHUNKS = 200;

	private static final ChatModelObservationConvention CONVENTION = new DefaultChatModelObservationConvention();

	private static final ChatOptions OPTIONS = ChatOptions.builder().model("instant").build();

	private final List<ChatResponse> chunks = IntStream.rangeClosed(1, CHUNKS)
		.mapToObj(InstantChatModel::chunk)
		.toList();

	private final ObservationRegistry observationRegistry;

	public InstantChatModel(ObservationRegistry observationRegistry) {
		this.observationRegistry = observationRegistry;
	}

	private static ChatResponse chunk(int number) {
		boolean last = number == CHUNKS;
		return response("word ", last ? 10 : 0, last ? CHUNKS : 0);
	}

	private static ChatResponse response(String text, int promptTokens, int completionTokens) {
		ChatResponseMetadata metadata = ChatResponseMetadata.builder()
			.id("chatcmpl-1")
			.model("instant-2026-01-01")
			.usage(new DefaultUsage(promptTokens, completionTokens))
			.build();
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text))), metadata);
	}

	@Override
	public ChatOptions getOptions() {
		return OPTIONS;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		if (this.observationRegistry.isNoop()) {
			return response("An answer", 10, 20);
		}
		ChatModelObservationContext context = context(prompt, false);
		return observation(context).observe(() -> {
			ChatResponse response = response("An answer", 10, 20);
			context.setResponse(response);
			return response;
		});
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		Flux<ChatResponse> responses = Flux.fromIterable(this.chunks);
		if (this.observationRegistry.isNoop()) {
			return responses;
		}
		return Flux.deferContextual((view) -> {
			ChatModelObservationContext context = context(prompt, true);
			Observation observation = observation(context)
				.parentObservation(view.getOrDefault(ObservationThreadLocalAccessor.KEY, null))
				.start();
			Flux<ChatResponse> observed = responses.doOnError(observation::error)
				.doFinally((signal) -> observation.stop())
				.contextWrite((reactorContext) -> reactorContext.put(ObservationThreadLocalAccessor.KEY, observation));
			return new MessageAggregator().aggregate(observed, context::setResponse);
		});
	}

	private static ChatModelObservationContext context(Prompt prompt, boolean stream) {
		return ChatModelObservationContext.builder().prompt(prompt).provider("openai").streaming(stream).build();
	}

	private Observation observation(ChatModelObservationContext context) {
		return ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(null, CONVENTION, () -> context,
				this.observationRegistry);
	}

}
