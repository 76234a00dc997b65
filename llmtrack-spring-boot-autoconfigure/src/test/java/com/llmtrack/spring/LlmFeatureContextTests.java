// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

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
