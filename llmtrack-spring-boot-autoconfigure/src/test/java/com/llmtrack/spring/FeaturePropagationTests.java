// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmFeatureThreadLocalAccessor} as used by Micrometer.
 */
class FeaturePropagationTests {

	private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

	private final ContextSnapshotFactory clearing = ContextSnapshotFactory.builder().clearMissing(true).build();

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(LlmFeatureContext.current()).isNull();
	}

	private ContextSnapshot snapshot(String feature) {
		return LlmFeatureContext.call(feature, this.snapshots::captureAll);
	}

	@Test
	void snapshotCarriesTheFeature() {
		ContextSnapshot snapshot = snapshot("captured");
		try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
			assertThat(LlmFeatureContext.current()).isEqualTo("captured");
		}
	}

	@Test
	void snapshotMayBeSetOverAnotherAndOverItself() {
		ContextSnapshot outer = snapshot("outer");
		ContextSnapshot inner = snapshot("inner");
		try (ContextSnapshot.Scope outerScope = outer.setThreadLocals()) {
			try (ContextSnapshot.Scope innerScope = inner.setThreadLocals()) {
				assertThat(LlmFeatureContext.current()).isEqualTo("inner");
				try (ContextSnapshot.Scope again = inner.setThreadLocals()) {
					assertThat(LlmFeatureContext.current()).isEqualTo("inner");
				}
				assertThat(LlmFeatureContext.current()).isEqualTo("inner");
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("outer");
		}
	}

	@Test
	void snapshotWithoutFeatureLeavesTheThreadsOwn() {
		ContextSnapshot snapshot = this.snapshots.captureAll();
		LlmFeatureContext.run("thread", () -> {
			try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
				assertThat(LlmFeatureContext.current()).isEqualTo("thread");
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("thread");
		});
	}

	@Test
	void snapshotThatClearsWhatItLacksTakesAwayWhatAnotherBrought() {
		ContextSnapshot empty = this.clearing.captureAll();
		try (ContextSnapshot.Scope outerScope = snapshot("captured").setThreadLocals()) {
			try (ContextSnapshot.Scope scope = empty.setThreadLocals()) {
				assertThat(LlmFeatureContext.current()).isNull();
				LlmFeatureContext.run("inner", () -> assertThat(LlmFeatureContext.current()).isEqualTo("inner"));
				assertThat(LlmFeatureContext.current()).isNull();
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("captured");
		}
	}

	@Test
	void snapshotThatClearsWhatItLacksLeavesTheScopesOfTheThread() {
		ContextSnapshot empty = this.clearing.captureAll();
		LlmFeatureContext.run("thread", () -> {
			try (ContextSnapshot.Scope scope = empty.setThreadLocals()) {
				assertThat(LlmFeatureContext.current()).isEqualTo("thread");
			}
			try (ContextSnapshot.Scope outerScope = snapshot("captured").setThreadLocals();
					ContextSnapshot.Scope scope = empty.setThreadLocals()) {
				assertThat(LlmFeatureContext.current()).isEqualTo("thread");
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("thread");
		});
	}

	@Test
	void scopeAroundASnapshotIsBackAfterwards() {
		ContextSnapshot snapshot = snapshot("captured");
		LlmFeatureContext.run("around", () -> {
			try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
				assertThat(LlmFeatureContext.current()).isEqualTo("captured");
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("around");
		});
	}

	@Test
	void scopeWithinASnapshotIsNestedInIt() {
		try (ContextSnapshot.Scope scope = snapshot("captured").setThreadLocals()) {
			LlmFeatureContext.run("within", () -> assertThat(LlmFeatureContext.current()).isEqualTo("within"));
			assertThat(LlmFeatureContext.current()).isEqualTo("captured");
		}
	}

	@Test
	void scopeThatWasLeftOpenWithinASnapshotEndsWithIt() {
		LlmFeatureContext.run("around", () -> {
			LlmFeatureContext.Scope forgotten;
			try (ContextSnapshot.Scope scope = snapshot("captured").setThreadLocals()) {
				forgotten = LlmFeatureContext.open("forgotten");
			}
			assertThat(LlmFeatureContext.current()).isEqualTo("around");
			forgotten.close();
			assertThat(LlmFeatureContext.current()).isEqualTo("around");
		});
	}

	@Test
	void scopeAroundASnapshotMayBeClosedWithinIt() {
		LlmFeatureContext.Scope around = LlmFeatureContext.open("around");
		try (ContextSnapshot.Scope scope = snapshot("captured").setThreadLocals()) {
			around.close();
			assertThat(LlmFeatureContext.current()).isNull();
		}
	}

	@Test
	void featureOfAReactorContextIsSetOnTheThread() {
		Context context = Context.of(LlmFeatureContext.reactorContext("reactive"));
		try (ContextSnapshot.Scope scope = this.snapshots.setThreadLocalsFrom(context)) {
			assertThat(LlmFeatureContext.current()).isEqualTo("reactive");
		}
	}

	@Test
	void featureIsCapturedIntoAReactorContext() {
		Context context = snapshot("captured").updateContext(Context.empty());
		assertThat(context.<String>get(LlmFeatureContext.REACTOR_KEY)).isEqualTo("captured");
	}

	@Test
	void executorOfMicrometerCarriesTheFeatureAndLeavesNothingBehind() throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		ExecutorService executor = ContextExecutorService.wrap(thread, this.clearing::captureAll);
		String feature = LlmFeatureContext.call("task", () -> executor.submit(LlmFeatureContext::current).get());
		assertThat(feature).isEqualTo("task");
		assertThat(CompletableFuture.supplyAsync(LlmFeatureContext::current, thread).get()).isNull();
		executor.shutdown();
	}

}
