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
 * Tests for {@link LlmContext}.
 */
class LlmContextTests {

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(LlmContext.current().feature()).isNull();
	}

	@Test
	void threadHasNoFeatureAtFirst() {
		assertThat(LlmContext.current().feature()).isNull();
	}

	@Test
	void scopePutsTheThreadUnderItsFeature() {
		try (LlmContextScope scope = LlmContext.feature("search").open()) {
			assertThat(LlmContext.current().feature()).isEqualTo("search");
		}
		assertThat(LlmContext.current().feature()).isNull();
	}

	@Test
	void innerScopeWinsAndGivesTheOuterOneBack() {
		try (LlmContextScope outer = LlmContext.feature("outer").open()) {
			try (LlmContextScope inner = LlmContext.feature("inner").open()) {
				assertThat(LlmContext.current().feature()).isEqualTo("inner");
			}
			assertThat(LlmContext.current().feature()).isEqualTo("outer");
		}
	}

	@Test
	void scopeWithoutFeatureHidesTheOuterOne() {
		try (LlmContextScope outer = LlmContext.feature("outer").open()) {
			try (LlmContextScope inner = LlmContext.feature(null).open()) {
				assertThat(LlmContext.current().feature()).isNull();
			}
			assertThat(LlmContext.current().feature()).isEqualTo("outer");
		}
	}

	@Test
	void blankFeatureIsNone() {
		LlmContext.feature("outer")
			.run(() -> LlmContext.feature(" ").run(() -> assertThat(LlmContext.current().feature()).isNull()));
	}

	@Test
	void taskThrowsWhatItDeclares() throws IOException {
		String result = LlmContext.feature("search").call(() -> Files.readString(Path.of("pom.xml")));
		assertThat(result).isNotEmpty();
		LlmContext.Task<String, IOException> failing = () -> {
			throw new IOException("failed");
		};
		assertThatIOException().isThrownBy(() -> LlmContext.feature("search").call(failing));
		String unchecked = LlmContext.feature("search").call(() -> LlmContext.current().feature());
		assertThat(unchecked).isEqualTo("search");
	}

	@Test
	void wrappedStreamRunsUnderTheFeatureOfItsCreator() {
		Mono<String> seen = Mono.fromCallable(() -> LlmContext.current().feature());
		Flux<String> flux = LlmContext.feature("flux").call(() -> LlmContext.current().wrap(seen.flux()));
		Mono<String> mono = LlmContext.feature("mono").call(() -> LlmContext.current().wrap(seen));
		LlmContext.feature("subscriber").run(() -> {
			StepVerifier.create(flux).expectNext("flux").verifyComplete();
			StepVerifier.create(mono.map((feature) -> feature + ", then " + LlmContext.current().feature()))
				.expectNext("mono, then subscriber")
				.verifyComplete();
		});
	}

	@Test
	void wrappedStreamHasTheFeatureInItsReactorContext() {
		Flux<String> stream = LlmContext.feature("search")
			.call(() -> LlmContext.current()
				.wrap(Flux.deferContextual((context) -> Flux.just(LlmContext.of(context).feature()))));
		assertThat(stream.subscribeOn(Schedulers.single()).blockLast()).isEqualTo("search");
	}

	@Test
	void wrappedStreamTakesWhatItLacksFromItsSubscriber() {
		LlmContext seen = LlmContext.feature("stream")
			.wrap(Mono.fromCallable(LlmContext::current))
			.contextWrite(LlmContext.feature("subscriber").andCustomer("4711")::writeTo)
			.block();
		assertThat(seen).isEqualTo(LlmContext.feature("stream").andCustomer("4711"));
	}

	@Test
	void contextKeepsWhatItHasWithinAnother() {
		LlmContext outer = LlmContext.feature("outer").andCustomer("outer").andConversation("outer");
		LlmContext inner = LlmContext.feature(null).andConversation("inner").within(outer);
		assertThat(inner.feature()).isNull();
		assertThat(inner.customer()).isEqualTo(LlmCustomer.of("outer"));
		assertThat(inner.conversationId()).isEqualTo("inner");
		assertThat(LlmContext.customer(" ").within(outer).customer()).isNull();
		assertThat(LlmContext.conversation(null).within(outer).conversationId()).isNull();
	}

	@Test
	void contextsWithTheSameEntriesAreEqual() {
		LlmContext context = LlmContext.feature("search").andCustomer("4711", "Acme");
		assertThat(context).isEqualTo(LlmContext.customer("4711").andCustomer("4711", "Acme").andFeature(" search "))
			.hasSameHashCodeAs(LlmContext.feature("search").andCustomer("4711", "Acme"))
			.isNotEqualTo(LlmContext.feature("search").andCustomer("4711"))
			.hasToString("LlmContext[feature=search, conversation=null]");
	}

	@Test
	void streamThatIsWrappedOutsideOfAnyScopeStaysAsItIs() {
		Flux<String> flux = Flux.just("item");
		Mono<String> mono = Mono.just("item");
		assertThat(LlmContext.current().wrap(flux)).isSameAs(flux);
		assertThat(LlmContext.current().wrap(mono)).isSameAs(mono);
	}

	@Test
	void wrappedExecutorPropagatesNothingButTheFeature() throws Exception {
		ThreadLocal<String> other = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("test.other", other);
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			other.set("value");
			ExecutorService wrapped = LlmContext.propagating(thread);
			Callable<List<@Nullable String>> task = () -> Arrays.asList(LlmContext.current().feature(), other.get());
			List<@Nullable String> seen = LlmContext.feature("search").call(() -> wrapped.submit(task).get());
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
		try (LlmContextScope outer = LlmContext.feature("search").open()) {
			LlmContext.feature("search").open().close();
			assertThat(LlmContext.current().feature()).isEqualTo("search");
		}
	}

	@Test
	void closingAnOuterScopeClosesThoseInsideIt() {
		LlmContextScope outer = LlmContext.feature("outer").open();
		LlmContextScope inner = LlmContext.feature("inner").open();
		outer.close();
		assertThat(LlmContext.current().feature()).isNull();
		inner.close();
		assertThat(LlmContext.current().feature()).isNull();
	}

	@Test
	void closingTwiceDoesNothing() {
		try (LlmContextScope outer = LlmContext.feature("outer").open()) {
			LlmContextScope inner = LlmContext.feature("inner").open();
			inner.close();
			inner.close();
			assertThat(LlmContext.current().feature()).isEqualTo("outer");
		}
	}

	@Test
	void closingALeftoverDoesNotEndALaterScope() {
		LlmContextScope earlier = LlmContext.feature("earlier").open();
		earlier.close();
		try (LlmContextScope later = LlmContext.feature("later").open()) {
			earlier.close();
			assertThat(LlmContext.current().feature()).isEqualTo("later");
		}
	}

	@Test
	void closingOnAnotherThreadDoesNothingThereAndHere() {
		try (LlmContextScope scope = LlmContext.feature("search").open()) {
			String there = CompletableFuture.supplyAsync(() -> {
				try (LlmContextScope other = LlmContext.feature("other").open()) {
					scope.close();
					return LlmContext.current().feature();
				}
			}).join();
			assertThat(there).isEqualTo("other");
			assertThat(LlmContext.current().feature()).isEqualTo("search");
		}
	}

	@Test
	void featureIsNotInheritedByThreads() throws InterruptedException {
		try (LlmContextScope scope = LlmContext.feature("search").open()) {
			CompletableFuture<String> seen = new CompletableFuture<>();
			Thread thread = new Thread(() -> seen.complete(LlmContext.current().feature()));
			thread.start();
			thread.join();
			assertThat(seen).isCompletedWithValue(null);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_19)
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void wrappedExecutorIsClosedAsItClosesItself() throws Exception {
		ExecutorService wrapped = LlmContext.propagating(ForkJoinPool.commonPool());
		((AutoCloseable) wrapped).close();
		assertThat(wrapped.isShutdown()).isFalse();
	}

}
