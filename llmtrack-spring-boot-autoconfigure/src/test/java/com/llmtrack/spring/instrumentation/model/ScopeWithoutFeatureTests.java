// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests in a scope opened with {@code null} have no feature, whatever the
 * outer feature is.
 */
class ScopeWithoutFeatureTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private final RecordingSink sink = new RecordingSink();

	private final DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(
			TestBeans.of(this.sink));

	private final ChatModel inner = this.instrumentation.instrument(new TestModels.OpenModel());

	@BeforeEach
	void start() {
		this.instrumentation.afterSingletonsInstantiated();
	}

	private ChatModel outer(String innerFeature) {
		return this.instrumentation.instrument(new TestModels.OpenModel() {

			@Override
			public ChatResponse call(Prompt prompt) {
				return LlmContext.feature(innerFeature).call(() -> ScopeWithoutFeatureTests.this.inner.call(prompt));
			}

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return Flux.just(call(prompt));
			}

		});
	}

	@Test
	void callWithinACallHasNone() {
		ChatModel outer = outer(null);
		LlmContext.feature("outer").run(() -> outer.call(PROMPT));
		assertThat(this.sink.event().feature()).isNull();
	}

	@Test
	void callWithinAStreamHasNone() {
		ChatModel outer = outer(null);
		outer.stream(PROMPT).contextWrite(LlmContext.feature("outer")::writeTo).blockLast();
		assertThat(this.sink.event().feature()).isNull();
	}

	@Test
	void blankFeatureIsNone() {
		ChatModel outer = outer(" ");
		LlmContext.feature("outer").run(() -> outer.call(PROMPT));
		assertThat(this.sink.event().feature()).isNull();
	}

	@Test
	void featureOfTheOuterCallCountsAgainAfterwards() {
		LlmContext.feature(null).run(() -> this.inner.call(PROMPT));
		LlmContext.feature("later").run(() -> this.inner.call(PROMPT));
		assertThat(this.sink.events()).extracting(LlmUsageEvent::feature).containsExactly(null, "later");
	}

	@Test
	void streamThatWasMadeInTheScopeHasNone() {
		ChatModel outer = this.instrumentation.instrument(new TestModels.OpenModel() {

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				Flux<ChatResponse> stream = LlmContext.feature(null)
					.call(() -> ScopeWithoutFeatureTests.this.inner.stream(prompt));
				return Flux.defer(() -> stream).doOnNext((response) -> {
				});
			}

		});
		LlmContext.feature("outer").run(() -> outer.stream(PROMPT).subscribeOn(Schedulers.single()).blockLast());
		assertThat(this.sink.event().feature()).isNull();
	}

	@Test
	void wrappedStreamHasNoneOnAnyThread() {
		Flux<ChatResponse> stream = LlmContext.feature(null)
			.call(() -> LlmContext.current().wrap(Flux.defer(() -> this.inner.stream(PROMPT))));
		LlmContext.feature("outer").run(() -> stream.subscribeOn(Schedulers.single()).blockLast());
		LlmContext.feature("outer").run(stream::blockLast);
		assertThat(this.sink.events()).extracting(LlmUsageEvent::feature).containsExactly(null, null);
	}

}
