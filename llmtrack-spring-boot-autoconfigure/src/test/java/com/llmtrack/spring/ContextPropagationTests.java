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
 * Tests for {@link LlmContextThreadLocalAccessor} as used by Micrometer.
 */
class ContextPropagationTests {

	private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

	private final ContextSnapshotFactory clearing = ContextSnapshotFactory.builder().clearMissing(true).build();

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(LlmContext.current().feature()).isNull();
	}

	private ContextSnapshot snapshot(String feature) {
		return LlmContext.feature(feature).call(this.snapshots::captureAll);
	}

	@Test
	void snapshotCarriesTheFeature() {
		ContextSnapshot snapshot = snapshot("captured");
		try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
			assertThat(LlmContext.current().feature()).isEqualTo("captured");
		}
	}

	@Test
	void snapshotMayBeSetOverAnotherAndOverItself() {
		ContextSnapshot outer = snapshot("outer");
		ContextSnapshot inner = snapshot("inner");
		try (ContextSnapshot.Scope outerScope = outer.setThreadLocals()) {
			try (ContextSnapshot.Scope innerScope = inner.setThreadLocals()) {
				assertThat(LlmContext.current().feature()).isEqualTo("inner");
				try (ContextSnapshot.Scope again = inner.setThreadLocals()) {
					assertThat(LlmContext.current().feature()).isEqualTo("inner");
				}
				assertThat(LlmContext.current().feature()).isEqualTo("inner");
			}
			assertThat(LlmContext.current().feature()).isEqualTo("outer");
		}
	}

	@Test
	void snapshotWithoutFeatureLeavesTheThreadsOwn() {
		ContextSnapshot snapshot = this.snapshots.captureAll();
		LlmContext.feature("thread").run(() -> {
			try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
				assertThat(LlmContext.current().feature()).isEqualTo("thread");
			}
			assertThat(LlmContext.current().feature()).isEqualTo("thread");
		});
	}

	@Test
	void snapshotThatClearsWhatItLacksTakesAwayWhatAnotherBrought() {
		ContextSnapshot empty = this.clearing.captureAll();
		try (ContextSnapshot.Scope outerScope = snapshot("captured").setThreadLocals()) {
			try (ContextSnapshot.Scope scope = empty.setThreadLocals()) {
				assertThat(LlmContext.current().feature()).isNull();
				LlmContext.feature("inner").run(() -> assertThat(LlmContext.current().feature()).isEqualTo("inner"));
				assertThat(LlmContext.current().feature()).isNull();
			}
			assertThat(LlmContext.current().feature()).isEqualTo("captured");
		}
	}

	@Test
	void snapshotThatClearsWhatItLacksLeavesTheScopesOfTheThread() {
		ContextSnapshot empty = this.clearing.captureAll();
		LlmContext.feature("thread").run(() -> {
			try (ContextSnapshot.Scope scope = empty.setThreadLocals()) {
				assertThat(LlmContext.current().feature()).isEqualTo("thread");
			}
			try (ContextSnapshot.Scope outerScope = snapshot("captured").setThreadLocals();
					ContextSnapshot.Scope scope = empty.setThreadLocals()) {
				assertThat(LlmContext.current().feature()).isEqualTo("thread");
			}
			assertThat(LlmContext.current().feature()).isEqualTo("thread");
		});
	}

	@Test
	void scopeAroundASnapshotIsBackAfterwards() {
		ContextSnapshot snapshot = snapshot("captured");
		LlmContext.feature("around").run(() -> {
			try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
				assertThat(LlmContext.current().feature()).isEqualTo("captured");
			}
			assertThat(LlmContext.current().feature()).isEqualTo("around");
		});
	}

	@Test
	void scopeWithinASnapshotIsNestedInIt() {
		try (ContextSnapshot.Scope scope = snapshot("captured").setThreadLocals()) {
			LlmContext.feature("within").run(() -> assertThat(LlmContext.current().feature()).isEqualTo("within"));
			assertThat(LlmContext.current().feature()).isEqualTo("captured");
		}
	}

	@Test
	void scopeThatWasLeftOpenWithinASnapshotEndsWithIt() {
		LlmContext.feature("around").run(() -> {
			LlmContextScope forgotten;
			try (ContextSnapshot.Scope scope = snapshot("captured").setThreadLocals()) {
				forgotten = LlmContext.feature("forgotten").open();
			}
			assertThat(LlmContext.current().feature()).isEqualTo("around");
			forgotten.close();
			assertThat(LlmContext.current().feature()).isEqualTo("around");
		});
	}

	@Test
	void scopeAroundASnapshotMayBeClosedWithinIt() {
		LlmContextScope around = LlmContext.feature("around").open();
		try (ContextSnapshot.Scope scope = snapshot("captured").setThreadLocals()) {
			around.close();
			assertThat(LlmContext.current().feature()).isNull();
		}
	}

	@Test
	void featureOfAReactorContextIsSetOnTheThread() {
		Context context = LlmContext.feature("reactive").writeTo(Context.empty());
		try (ContextSnapshot.Scope scope = this.snapshots.setThreadLocalsFrom(context)) {
			assertThat(LlmContext.current().feature()).isEqualTo("reactive");
		}
	}

	@Test
	void featureIsCapturedIntoAReactorContext() {
		Context context = snapshot("captured").updateContext(Context.empty());
		assertThat(LlmContext.of(context).feature()).isEqualTo("captured");
	}

	@Test
	void executorOfMicrometerCarriesTheFeatureAndLeavesNothingBehind() throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		ExecutorService executor = ContextExecutorService.wrap(thread, this.clearing::captureAll);
		String feature = LlmContext.feature("task")
			.call(() -> executor.submit(() -> LlmContext.current().feature()).get());
		assertThat(feature).isEqualTo("task");
		assertThat(CompletableFuture.supplyAsync(() -> LlmContext.current().feature(), thread).get()).isNull();
		executor.shutdown();
	}

}
