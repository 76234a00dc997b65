// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.scheduling.annotation.Async;

/**
 * A bean with {@link LlmCustomerId} on parameters of all kinds.
 */
class AnnotatedCustomers {

	private final FeatureQuestions questions;

	AnnotatedCustomers(FeatureQuestions questions) {
		this.questions = questions;
	}

	void text(@LlmCustomerId @Nullable String customer) {
		this.questions.ask();
	}

	@LlmFeature("numbered")
	void number(String question, @LlmCustomerId long customer) {
		this.questions.ask();
	}

	void uuid(@LlmCustomerId UUID customer) {
		this.questions.ask();
	}

	void customer(@LlmCustomerId LlmCustomer customer) {
		this.questions.ask();
	}

	void optional(@LlmCustomerId Optional<String> customer) {
		this.questions.ask();
	}

	void property(@LlmCustomerId(expression = "account?.owner?.number") @Nullable Invoice invoice) {
		this.questions.ask();
	}

	void composed(@ByAccount Invoice invoice) {
		this.questions.ask();
	}

	void unsafeProperty(@LlmCustomerId(expression = "account.owner.number") Invoice invoice) {
		this.questions.ask();
	}

	void object(@LlmCustomerId List<String> customers) {
		this.questions.ask();
	}

	void nested(@LlmCustomerId String customer, Runnable task) {
		this.questions.ask();
		task.run();
		this.questions.ask();
	}

	Flux<String> stream(@LlmCustomerId String customer) {
		return this.questions.streamWithAdvisor();
	}

	Mono<String> mono(@LlmCustomerId String customer) {
		return Mono.defer(() -> this.questions.model.stream("Hi").last()).subscribeOn(Schedulers.parallel());
	}

	@Async("propagatingExecutor")
	CompletableFuture<String> async() {
		return CompletableFuture.completedFuture(this.questions.ask());
	}

	@Tool(description = "Asks on its own")
	String look() {
		return this.questions.model.call("Hi");
	}

	interface Contract {

		void byInterface(@LlmCustomerId String customer);

	}

	static class Implementation implements Contract {

		private final FeatureQuestions questions;

		Implementation(FeatureQuestions questions) {
			this.questions = questions;
		}

		@Override
		public void byInterface(String customer) {
			this.questions.ask();
		}

	}

	@Target(ElementType.PARAMETER)
	@Retention(RetentionPolicy.RUNTIME)
	@LlmCustomerId(expression = "account.owner.number")
	@interface ByAccount {

	}

	record Invoice(@Nullable Account account) {

		static Invoice of(@Nullable String number) {
			return new Invoice(new Account(new Owner(number)));
		}

	}

	/** A bean class in the old style. */
	public static class Account {

		private final @Nullable Owner owner;

		Account(@Nullable Owner owner) {
			this.owner = owner;
		}

		public @Nullable Owner getOwner() {
			return this.owner;
		}

	}

	record Owner(@Nullable String number) {
	}

}
