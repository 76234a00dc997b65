// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests {@link LlmContext} on the requesting thread and on others.
 */
class FeatureThreadTests extends AbstractFeatureTests {

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	@AfterEach
	void nothingIsLeftOnTheOtherThread() throws Exception {
		assertThat(this.thread.submit(() -> LlmContext.current().feature()).get()).isNull();
		this.thread.shutdown();
	}

	@Test
	void requestsBelongToTheScopeTheyAreMadeIn() throws Exception {
		LlmContext.feature("runnable").run(() -> this.questions.ask());
		assertThat(LlmContext.feature("supplier").call(this.questions::ask)).isEqualTo("Hello");
		assertThat(LlmContext.feature("callable").call(this.questions::ask)).isEqualTo("Hello");
		try (LlmContextScope scope = LlmContext.feature("scope").open()) {
			this.questions.ask();
			LlmContext.feature("inner").run(() -> this.questions.ask());
			LlmContext.feature(null).run(() -> this.questions.ask());
			assertThat(LlmContext.current().feature()).isEqualTo("scope");
		}
		assertFeatures("runnable", "supplier", "callable", "scope", "inner", NONE);
	}

	@Test
	void streamsBelongToTheScopeTheyAreSubscribedToIn() {
		LlmContext.feature("plain").run(() -> this.questions.stream().blockLast());
		LlmContext.feature("memory").run(() -> this.questions.streamWithMemory().blockLast());
		LlmContext.feature("model").run(() -> this.questions.model.stream("Hi").blockLast());
		LlmContext.feature("raw").run(() -> this.questions.rawModel.stream("Hi").blockLast());
		assertFeatures("plain", "memory", "model", "raw");
	}

	@Test
	void streamsBelongToTheFeatureInTheirContext() {
		LlmContext.feature("thread").run(() -> {
			this.questions.stream().contextWrite(LlmContext.feature("plain")::writeTo).blockLast();
			this.questions.streamWithMemory().contextWrite(LlmContext.feature("memory")::writeTo).blockLast();
			this.questions.model.stream("Hi").contextWrite(LlmContext.feature("model")::writeTo).blockLast();
			Mono.defer(() -> this.questions.stream().last())
				.subscribeOn(Schedulers.parallel())
				.contextWrite(LlmContext.feature("mono")::writeTo)
				.block();
		});
		assertFeatures("plain", "memory", "model", "mono");
	}

	@Test
	void wrappedTasksBelongToTheFeatureOfTheirCreator() throws Exception {
		Runnable runnable = LlmContext.feature("runnable")
			.call(() -> LlmContext.current().wrap((Runnable) this.questions::ask));
		Callable<String> callable = LlmContext.feature("callable")
			.call(() -> LlmContext.current().wrap((Callable<String>) this.questions::ask));
		this.thread.submit(runnable).get();
		assertThat(this.thread.submit(callable).get()).isEqualTo("Hello");
		LlmContext.feature("other").run(runnable);
		assertFeatures("runnable", "callable", "runnable");
	}

	@Test
	void taskThatFailsLeavesNothingBehind() {
		Runnable task = LlmContext.feature("failing").call(() -> LlmContext.current().wrap((Runnable) () -> {
			throw new IllegalStateException("failed");
		}));
		assertThatIllegalStateException().isThrownBy(task::run);
		assertThat(CompletableFuture.runAsync(task, this.thread)).failsWithin(30, TimeUnit.SECONDS);
	}

	@Test
	void wrappedExecutorRunsEachTaskUnderTheFeatureOfItsSubmitter() throws Exception {
		ExecutorService executor = LlmContext.propagating(this.thread);
		LlmContext.feature("submit").call(() -> executor.submit(this.questions::ask).get());
		LlmContext.feature("all").call(() -> executor.invokeAll(List.of(this.questions::ask)).get(0).get());
		LlmContext.feature("any").call(() -> executor.invokeAny(List.of(this.questions::ask)));
		executor.submit(this.questions::ask).get();
		assertFeatures("submit", "all", "any", NONE);
	}

	@Test
	void completableFutureWithWrappedExecutorsKeepsTheFeature() {
		Executor executor = LlmContext.propagating((Executor) this.thread);
		LlmContext.feature("future")
			.run(() -> CompletableFuture.supplyAsync(this.questions::ask, executor)
				.thenApplyAsync((answer) -> this.questions.ask(), LlmContext.propagating(this.thread))
				.join());
		LlmContext.feature("supplier")
			.run(() -> CompletableFuture.supplyAsync(LlmContext.current().wrapSupplier(this.questions::ask)).join());
		assertFeatures("supplier", "future", "future");
	}

	@Test
	void otherThreadHasNoFeatureByItself() throws Exception {
		LlmContext.feature("caller").call(() -> this.thread.submit(this.questions::ask).get());
		assertFeatures(NONE);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsKeepTheFeatureByWrapping() throws Exception {
		ExecutorService virtualThreads = (ExecutorService) ReflectionUtils
			.invokeMethod(Executors.class.getMethod("newVirtualThreadPerTaskExecutor"), null);
		ExecutorService executor = LlmContext.propagating(virtualThreads);
		LlmContext.feature("executor").call(() -> executor.submit(this.questions::ask).get());
		ThreadFactory factory = (task) -> {
			Thread thread = (Thread) ReflectionUtils.invokeMethod(
					ReflectionUtils.findMethod(Thread.class, "startVirtualThread", Runnable.class), null, task);
			assertThat(thread).isNotNull();
			return thread;
		};
		LlmContext.feature("fork").call(() -> {
			factory.newThread(LlmContext.current().wrap((Runnable) this.questions::ask)).join();
			return null;
		});
		executor.shutdown();
		assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		assertFeatures("executor", "fork");
	}

}
