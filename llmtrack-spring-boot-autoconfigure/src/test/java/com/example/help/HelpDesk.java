// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.help;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.function.SingletonSupplier;

/**
 * A service without features, which asks in many ways.
 */
public class HelpDesk {

	private final ChatClient advised;

	private final ChatModel chatModel;

	public HelpDesk(ChatClient.Builder builder, ChatModel chatModel) {
		this.advised = builder.clone().defaultAdvisors(new PolitenessAdvisor(chatModel)).build();
		this.chatModel = chatModel;
	}

	public ChatModel chatModel() {
		return this.chatModel;
	}

	public String askAdvised() {
		return this.advised.prompt("Hi").call().content();
	}

	public Flux<String> streamAdvised() {
		return this.advised.prompt("Hi").stream().content();
	}

	/**
	 * The tasks run on threads of the pool only.
	 */
	public List<String> parallel() {
		return ForkJoinPool.commonPool()
			.submit(() -> List.of("Hi", "Ho")
				.parallelStream()
				.map((question) -> this.chatModel.call(question))
				.toList())
			.join();
	}

	public void wrapped() {
		this.chatModel.call("Hi");
	}

	/**
	 * Runs a bean by way of a library, as the main class runs a
	 * {@code CommandLineRunner}.
	 */
	public void runner() {
		SingletonSupplier.of(runnerBean()).obtain();
	}

	@Bean
	Supplier<String> runnerBean() {
		return () -> this.chatModel.call("Hi");
	}

	public List<String> sequential() {
		return List.of("Hi").stream().map((question) -> this.chatModel.call(question)).toList();
	}

	public String methodOn(Executor executor) {
		return CompletableFuture.supplyAsync(this::ask, executor).join();
	}

	public CompletableFuture<String> inBackground() {
		return new SimpleAsyncTaskExecutor().submitCompletable(() -> this.chatModel.call("Hi"));
	}

	private String ask() {
		return this.chatModel.call("Hi");
	}

	public Supplier<String> later() {
		return () -> this.chatModel.call("Hi");
	}

	public Supplier<String> laterInAnonymousClass() {
		return new Supplier<>() {

			@Override
			public String get() {
				return HelpDesk.this.chatModel.call("Hi");
			}

		};
	}

	/**
	 * What Kotlin makes of a lambda in a function {@code chat}.
	 */
	public String chat$lambda$0() {
		return this.chatModel.call("Hi");
	}

	public Mono<String> blockingInChain() {
		return Mono.fromCallable(() -> this.chatModel.call("Hi")).subscribeOn(Schedulers.boundedElastic());
	}

	public Mono<String> blockingInPropagatingChain() {
		return Mono.fromCallable(() -> this.chatModel.call("Hi")).subscribeOn(Schedulers.boundedElastic());
	}

	public String blockingOnOwnThread() {
		return Mono.just("Hi").map((question) -> this.chatModel.call(question)).block();
	}

	public Flux<String> stream() {
		return this.chatModel.stream("Hi");
	}

	public Flux<String> featuredStream() {
		return this.chatModel.stream("Hi");
	}

	public Flux<String> deferredStream() {
		return Flux.defer(() -> this.chatModel.stream("Hi")).subscribeOn(Schedulers.boundedElastic());
	}

}
