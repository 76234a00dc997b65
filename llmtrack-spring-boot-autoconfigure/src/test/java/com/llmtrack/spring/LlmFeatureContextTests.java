// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

import io.micrometer.context.ContextRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link LlmFeatureContext}.
 */
class LlmFeatureContextTests {

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(LlmFeatureContext.current()).isNull();
	}

	@Test
	void threadHasNoFeatureAtFirst() {
		assertThat(LlmFeatureContext.current()).isNull();
	}

	@Test
	void scopePutsTheThreadUnderItsFeature() {
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open("search")) {
			assertThat(LlmFeatureContext.current()).isEqualTo("search");
		}
		assertThat(LlmFeatureContext.current()).isNull();
	}

	@Test
	void innerScopeWinsAndGivesTheOuterOneBack() {
		try (LlmFeatureContext.Scope outer = LlmFeatureContext.open("outer")) {
			try (LlmFeatureContext.Scope inner = LlmFeatureContext.open("inner")) {
				assertThat(LlmFeatureContext.current()).isEqualTo("inner");
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("outer");
		}
	}

	@Test
	void scopeWithoutFeatureHidesTheOuterOne() {
		try (LlmFeatureContext.Scope outer = LlmFeatureContext.open("outer")) {
			try (LlmFeatureContext.Scope inner = LlmFeatureContext.open(null)) {
				assertThat(LlmFeatureContext.current()).isNull();
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("outer");
		}
	}

	@Test
	void blankFeatureIsNone() {
		LlmFeatureContext.run("outer",
				() -> LlmFeatureContext.run(" ", () -> assertThat(LlmFeatureContext.current()).isNull()));
	}

	@Test
	void taskThrowsWhatItDeclares() throws IOException {
		String result = LlmFeatureContext.call("search", () -> Files.readString(Path.of("pom.xml")));
		assertThat(result).isNotEmpty();
		LlmFeatureContext.Task<String, IOException> failing = () -> {
			throw new IOException("failed");
		};
		assertThatIOException().isThrownBy(() -> LlmFeatureContext.call("search", failing));
		String unchecked = LlmFeatureContext.call("search", LlmFeatureContext::current);
		assertThat(unchecked).isEqualTo("search");
	}

	@Test
	void wrappedStreamRunsUnderTheFeatureOfItsCreator() {
		Mono<String> seen = Mono.fromCallable(LlmFeatureContext::current);
		Flux<String> flux = LlmFeatureContext.call("flux", () -> LlmFeatureContext.wrap(seen.flux()));
		Mono<String> mono = LlmFeatureContext.call("mono", () -> LlmFeatureContext.wrap(seen));
		LlmFeatureContext.run("subscriber", () -> {
			StepVerifier.create(flux).expectNext("flux").verifyComplete();
			StepVerifier.create(mono.map((feature) -> feature + ", then " + LlmFeatureContext.current()))
				.expectNext("mono, then subscriber")
				.verifyComplete();
		});
	}

	@Test
	void wrappedStreamHasTheFeatureInItsReactorContext() {
		Flux<String> stream = LlmFeatureContext.call("search", () -> LlmFeatureContext
			.wrap(Flux.deferContextual((context) -> Flux.just(context.get(LlmFeatureContext.REACTOR_KEY).toString()))));
		assertThat(stream.subscribeOn(Schedulers.single()).blockLast()).isEqualTo("search");
	}

	@Test
	void streamThatIsWrappedOutsideOfAnyScopeStaysAsItIs() {
		Flux<String> flux = Flux.just("item");
		Mono<String> mono = Mono.just("item");
		assertThat(LlmFeatureContext.wrap(flux)).isSameAs(flux);
		assertThat(LlmFeatureContext.wrap(mono)).isSameAs(mono);
	}

	@Test
	void wrappedExecutorPropagatesNothingButTheFeature() throws Exception {
		ThreadLocal<String> other = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("test.other", other);
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			other.set("value");
			ExecutorService wrapped = LlmFeatureContext.wrap(thread);
			Callable<List<@Nullable String>> task = () -> Arrays.asList(LlmFeatureContext.current(), other.get());
			List<@Nullable String> seen = LlmFeatureContext.call("search", () -> wrapped.submit(task).get());
			assertThat(seen).containsExactly("search", null);
			assertThat(wrapped.submit(task).get()).containsExactly(null, null);
		}
		finally {
			other.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("test.other");
			thread.shutdown();
		}
	}

	@Test
	void scopeMayBeOpenedTwiceWithTheSameFeature() {
		try (LlmFeatureContext.Scope outer = LlmFeatureContext.open("search")) {
			LlmFeatureContext.open("search").close();
			assertThat(LlmFeatureContext.current()).isEqualTo("search");
		}
	}

	@Test
	void closingAnOuterScopeClosesThoseInsideIt() {
		LlmFeatureContext.Scope outer = LlmFeatureContext.open("outer");
		LlmFeatureContext.Scope inner = LlmFeatureContext.open("inner");
		outer.close();
		assertThat(LlmFeatureContext.current()).isNull();
		inner.close();
		assertThat(LlmFeatureContext.current()).isNull();
	}

	@Test
	void closingTwiceDoesNothing() {
		try (LlmFeatureContext.Scope outer = LlmFeatureContext.open("outer")) {
			LlmFeatureContext.Scope inner = LlmFeatureContext.open("inner");
			inner.close();
			inner.close();
			assertThat(LlmFeatureContext.current()).isEqualTo("outer");
		}
	}

	@Test
	void closingALeftoverDoesNotEndALaterScope() {
		LlmFeatureContext.Scope earlier = LlmFeatureContext.open("earlier");
		earlier.close();
		try (LlmFeatureContext.Scope later = LlmFeatureContext.open("later")) {
			earlier.close();
			assertThat(LlmFeatureContext.current()).isEqualTo("later");
		}
	}

	@Test
	void closingOnAnotherThreadDoesNothingThereAndHere() {
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open("search")) {
			String there = CompletableFuture.supplyAsync(() -> {
				try (LlmFeatureContext.Scope other = LlmFeatureContext.open("other")) {
					scope.close();
					return LlmFeatureContext.current();
				}
			}).join();
			assertThat(there).isEqualTo("other");
			assertThat(LlmFeatureContext.current()).isEqualTo("search");
		}
	}

	@Test
	void featureIsNotInheritedByThreads() throws InterruptedException {
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open("search")) {
			CompletableFuture<String> seen = new CompletableFuture<>();
			Thread thread = new Thread(() -> seen.complete(LlmFeatureContext.current()));
			thread.start();
			thread.join();
			assertThat(seen).isCompletedWithValue(null);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_19)
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void wrappedExecutorIsClosedAsItClosesItself() throws Exception {
		ExecutorService wrapped = LlmFeatureContext.wrap(ForkJoinPool.commonPool());
		((AutoCloseable) wrapped).close();
		assertThat(wrapped.isShutdown()).isFalse();
	}

}
