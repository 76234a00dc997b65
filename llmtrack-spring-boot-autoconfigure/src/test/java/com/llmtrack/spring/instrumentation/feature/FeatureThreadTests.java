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

import com.llmtrack.spring.LlmFeatureContext;
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
 * Tests {@link LlmFeatureContext} on the requesting thread and on others.
 */
class FeatureThreadTests extends AbstractFeatureTests {

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	@AfterEach
	void nothingIsLeftOnTheOtherThread() throws Exception {
		assertThat(this.thread.submit(LlmFeatureContext::current).get()).isNull();
		this.thread.shutdown();
	}

	@Test
	void requestsBelongToTheScopeTheyAreMadeIn() throws Exception {
		LlmFeatureContext.run("runnable", () -> this.questions.ask());
		assertThat(LlmFeatureContext.call("supplier", this.questions::ask)).isEqualTo("Hello");
		assertThat(LlmFeatureContext.call("callable", this.questions::ask)).isEqualTo("Hello");
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open("scope")) {
			this.questions.ask();
			LlmFeatureContext.run("inner", () -> this.questions.ask());
			LlmFeatureContext.run(null, () -> this.questions.ask());
			assertThat(LlmFeatureContext.current()).isEqualTo("scope");
		}
		assertFeatures("runnable", "supplier", "callable", "scope", "inner", NONE);
	}

	@Test
	void streamsBelongToTheScopeTheyAreSubscribedToIn() {
		LlmFeatureContext.run("plain", () -> this.questions.stream().blockLast());
		LlmFeatureContext.run("memory", () -> this.questions.streamWithMemory().blockLast());
		LlmFeatureContext.run("model", () -> this.questions.model.stream("Hi").blockLast());
		LlmFeatureContext.run("raw", () -> this.questions.rawModel.stream("Hi").blockLast());
		assertFeatures("plain", "memory", "model", "raw");
	}

	@Test
	void streamsBelongToTheFeatureInTheirContext() {
		LlmFeatureContext.run("thread", () -> {
			this.questions.stream().contextWrite(LlmFeatureContext.reactorContext("plain")).blockLast();
			this.questions.streamWithMemory().contextWrite(LlmFeatureContext.reactorContext("memory")).blockLast();
			this.questions.model.stream("Hi").contextWrite(LlmFeatureContext.reactorContext("model")).blockLast();
			Mono.defer(() -> this.questions.stream().last())
				.subscribeOn(Schedulers.parallel())
				.contextWrite(LlmFeatureContext.reactorContext("mono"))
				.block();
		});
		assertFeatures("plain", "memory", "model", "mono");
	}

	@Test
	void wrappedTasksBelongToTheFeatureOfTheirCreator() throws Exception {
		Runnable runnable = LlmFeatureContext.call("runnable",
				() -> LlmFeatureContext.wrap((Runnable) this.questions::ask));
		Callable<String> callable = LlmFeatureContext.call("callable",
				() -> LlmFeatureContext.wrap((Callable<String>) this.questions::ask));
		this.thread.submit(runnable).get();
		assertThat(this.thread.submit(callable).get()).isEqualTo("Hello");
		LlmFeatureContext.run("other", runnable);
		assertFeatures("runnable", "callable", "runnable");
	}

	@Test
	void taskThatFailsLeavesNothingBehind() {
		Runnable task = LlmFeatureContext.call("failing", () -> LlmFeatureContext.wrap((Runnable) () -> {
			throw new IllegalStateException("failed");
		}));
		assertThatIllegalStateException().isThrownBy(task::run);
		assertThat(CompletableFuture.runAsync(task, this.thread)).failsWithin(30, TimeUnit.SECONDS);
	}

	@Test
	void wrappedExecutorRunsEachTaskUnderTheFeatureOfItsSubmitter() throws Exception {
		ExecutorService executor = LlmFeatureContext.wrap(this.thread);
		LlmFeatureContext.call("submit", () -> executor.submit(this.questions::ask).get());
		LlmFeatureContext.call("all", () -> executor.invokeAll(List.of(this.questions::ask)).get(0).get());
		LlmFeatureContext.call("any", () -> executor.invokeAny(List.of(this.questions::ask)));
		executor.submit(this.questions::ask).get();
		assertFeatures("submit", "all", "any", NONE);
	}

	@Test
	void completableFutureWithWrappedExecutorsKeepsTheFeature() {
		Executor executor = LlmFeatureContext.wrap((Executor) this.thread);
		LlmFeatureContext.run("future",
				() -> CompletableFuture.supplyAsync(this.questions::ask, executor)
					.thenApplyAsync((answer) -> this.questions.ask(), LlmFeatureContext.wrap(this.thread))
					.join());
		LlmFeatureContext.run("supplier",
				() -> CompletableFuture.supplyAsync(LlmFeatureContext.wrapSupplier(this.questions::ask)).join());
		assertFeatures("supplier", "future", "future");
	}

	@Test
	void otherThreadHasNoFeatureByItself() throws Exception {
		LlmFeatureContext.call("caller", () -> this.thread.submit(this.questions::ask).get());
		assertFeatures(NONE);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsKeepTheFeatureByWrapping() throws Exception {
		ExecutorService virtualThreads = (ExecutorService) ReflectionUtils
			.invokeMethod(Executors.class.getMethod("newVirtualThreadPerTaskExecutor"), null);
		ExecutorService executor = LlmFeatureContext.wrap(virtualThreads);
		LlmFeatureContext.call("executor", () -> executor.submit(this.questions::ask).get());
		ThreadFactory factory = (task) -> {
			Thread thread = (Thread) ReflectionUtils.invokeMethod(
					ReflectionUtils.findMethod(Thread.class, "startVirtualThread", Runnable.class), null, task);
			assertThat(thread).isNotNull();
			return thread;
		};
		LlmFeatureContext.call("fork", () -> {
			factory.newThread(LlmFeatureContext.wrap((Runnable) this.questions::ask)).join();
			return null;
		});
		executor.shutdown();
		assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		assertFeatures("executor", "fork");
	}

}
