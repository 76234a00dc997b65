// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.concurrent.atomic.AtomicReference;

import com.example.desk.FrontDesk;
import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the place of an assembly is looked for only if the stream may have no
 * feature.
 */
class StreamAssemblyTests {

	private static final ChatModel MODEL = (prompt) -> null;

	private final ModelCalls calls = new ModelCalls(TestBeans.of((event) -> {
	}));

	@Test
	void placeOfAStreamWithoutFeatureIsKnown() {
		this.calls.open();
		assertThat(place()).isNotNull().extracting(CallSite::name).asString().startsWith("com.example.desk.FrontDesk");
	}

	@Test
	void placeOfAStreamWithFeatureIsNotLookedFor() {
		this.calls.open();
		assertThat(LlmContext.feature("story").<@Nullable CallSite, RuntimeException>call(this::place)).isNull();
	}

	@Test
	void placeOfAStreamThatACallAsksForIsNotLookedFor() {
		this.calls.open();
		try (CallScope scope = this.calls.begin(CalledModel.proxied("own", MODEL), new Prompt("Hi")).enter()) {
			assertThat(place()).isNull();
		}
	}

	@Test
	void placeIsNotLookedForBeforeTheApplicationIsReady() {
		assertThat(place()).isNull();
	}

	private @Nullable CallSite place() {
		AtomicReference<@Nullable CallSite> place = new AtomicReference<>();
		FrontDesk.ask(() -> {
			place.set(this.calls.assemble(CalledModel.proxied("model", MODEL), new Prompt("Hi")).place());
			return "";
		});
		return place.get();
	}

}
