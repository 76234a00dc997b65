// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import kotlin.Unit;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.core.ReactiveAdapterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for flows of Kotlin, whose publishers do not restore thread-locals before Spring
 * Framework 7.
 */
class FlowTests {

	@Test
	void flowThatBlocksBelongsToItsFeatureOnEachThread() {
		try (OldLine application = OldLine.start(Stories.class)) {
			Stories stories = application.bean(Stories.class);
			Flow<String> flow = stories.tell();
			Flux.from(ReactiveAdapterRegistry.getSharedInstance().getAdapter(Flow.class).toPublisher(flow)).blockLast();
			assertThat(stories.features()).containsExactly("story", "story", "story");
			assertThat(stories.threads()).as("threads").doesNotContain(Thread.currentThread());
		}
	}

	static class Stories {

		private final List<String> features = new ArrayList<>();

		private final List<Thread> threads = new ArrayList<>();

		List<String> features() {
			return this.features;
		}

		List<Thread> threads() {
			return this.threads;
		}

		@LlmFeature("story")
		Flow<String> tell() {
			// Not delay, after which a flow may go on with the same thread
			return FlowKt.flowOn(FlowKt.onEach(FlowKt.flowOf("a", "b", "c"), (value, continuation) -> {
				this.features.add(LlmContext.current().feature());
				this.threads.add(Thread.currentThread());
				return Unit.INSTANCE;
			}), Dispatchers.getIO());
		}

	}

}
