// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import com.llmtrack.spring.LlmFeature;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Beans with {@link LlmFeature} and annotations of Spring.
 */
@Configuration(proxyBeanMethods = false)
@Import({ AnnotatedSpringBeans.Tasks.class, AnnotatedSpringBeans.Listener.class, AnnotatedSpringBeans.Answers.class,
		AnnotatedSpringBeans.Lookup.class })
class AnnotatedSpringBeans {

	record Asked() {
	}

	static class Tasks {

		final AtomicBoolean due = new AtomicBoolean();

		@Autowired
		private FeatureQuestions questions;

		AtomicBoolean due() {
			return this.due;
		}

		@Async("applicationTaskExecutor")
		@LlmFeature("async")
		void start(CountDownLatch asked) {
			this.questions.ask();
			asked.countDown();
		}

		@Async("applicationTaskExecutor")
		@LlmFeature("async-future")
		Future<String> future() {
			return CompletableFuture.completedFuture(this.questions.ask());
		}

		@Async("applicationTaskExecutor")
		@LlmFeature("async-completable")
		CompletableFuture<String> completable() {
			return CompletableFuture.completedFuture(this.questions.ask());
		}

		@Async("applicationTaskExecutor")
		CompletableFuture<String> withoutDecorator() {
			return CompletableFuture.completedFuture(this.questions.ask());
		}

		@Async("propagatingExecutor")
		CompletableFuture<String> withDecorator() {
			return CompletableFuture.completedFuture(this.questions.ask());
		}

		@Scheduled(fixedDelay = 20)
		@LlmFeature("scheduled")
		void scheduled() {
			if (this.due.compareAndSet(true, false)) {
				this.questions.ask();
			}
		}

	}

	static class Listener {

		@Autowired
		private FeatureQuestions questions;

		@EventListener
		@LlmFeature("event")
		void on(Asked event) {
			this.questions.ask();
		}

		/** As with {@code @KafkaListener}, called by reflection. */
		@LlmFeature("message")
		void onMessage(String message) {
			this.questions.ask();
		}

	}

	@Service
	public static class Answers {

		private int attempts;

		@Autowired
		private FeatureQuestions questions;

		@Cacheable("answers")
		@LlmFeature("cached")
		String cached(String question) {
			return this.questions.ask();
		}

		@LlmFeature("retried")
		@Retryable(maxRetries = 2, delay = 1)
		String retried() {
			this.questions.ask();
			if (++this.attempts % 3 != 0) {
				throw new IllegalStateException("Try again");
			}
			return "done";
		}

	}

	static class Lookup {

		@Autowired
		private FeatureQuestions questions;

		@LlmFeature("tool")
		@Tool
		String lookUp(String subject) {
			return this.questions.ask();
		}

	}

}
