// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.help;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatModel;

/**
 * A service whose annotations have no effect on its requests, for different reasons.
 */
public class AnnotatedDesk {

	private final ChatModel chatModel;

	public AnnotatedDesk(ChatModel chatModel) {
		this.chatModel = chatModel;
	}

	public String askAll(List<String> questions) {
		return String.join(" ", questions.stream().map(this::ask).toList());
	}

	@LlmFeature("ask")
	public String ask(String question) {
		return this.chatModel.call(question);
	}

	/**
	 * Not annotated, though another method of this name is.
	 */
	public String ask() {
		return this.chatModel.call("Hi");
	}

	@LlmFeature("reply")
	public String reply() {
		return this.chatModel.call("Hi");
	}

	@LlmFeature("without-feature")
	public String withoutFeature() {
		return LlmContext.feature(null).call(() -> this.chatModel.call("Hi"));
	}

	@LlmFeature("mono")
	public Mono<String> mono() {
		return Mono.fromCallable(() -> this.chatModel.call("Hi")).subscribeOn(Schedulers.boundedElastic());
	}

	@LlmFeature("propagated")
	public Mono<String> propagated() {
		return Mono.fromCallable(() -> this.chatModel.call("Hi")).subscribeOn(Schedulers.boundedElastic());
	}

	@LlmFeature("task")
	public CompletableFuture<String> task(Executor executor) {
		return CompletableFuture.supplyAsync(() -> this.chatModel.call("Hi"), executor);
	}

	@LlmFeature("wrapped-task")
	public CompletableFuture<String> wrappedTask(Executor executor) {
		return CompletableFuture.supplyAsync(() -> this.chatModel.call("Hi"), executor);
	}

	@LlmFeature("answers")
	public Stream<String> answers() {
		return Stream.of("Hi").map((question) -> this.chatModel.call(question));
	}

	@LlmFeature("background")
	public void inBackground(Runnable whenDone) {
		Flux.defer(() -> this.chatModel.stream("Hi"))
			.doOnTerminate(whenDone)
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe();
	}

	/**
	 * Its class is annotated.
	 */
	@LlmFeature("class")
	public static class OfClass {

		private final ChatModel chatModel;

		public OfClass(ChatModel chatModel) {
			this.chatModel = chatModel;
		}

		public Mono<String> mono() {
			return Mono.just("Hi").publishOn(Schedulers.boundedElastic()).map(this::ask);
		}

		private String ask(String question) {
			return this.chatModel.call(question);
		}

	}

}
