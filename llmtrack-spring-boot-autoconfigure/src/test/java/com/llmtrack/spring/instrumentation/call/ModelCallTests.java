// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmUsageEvent;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelCall}.
 */
class ModelCallTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private final List<LlmUsageEvent> events = new ArrayList<>();

	private final ModelCalls calls = new ModelCalls(TestBeans.of(this.events::add));

	private ModelCall begin(Object model) {
		return this.calls.begin(CalledModel.proxied("model", model), PROMPT);
	}

	private static Object springAis() {
		return OllamaChatModel.builder().ollamaApi(OllamaApi.builder().build()).build();
	}

	@Test
	void scopesNest() {
		ModelCall outer = begin(new Object());
		ModelCall inner = begin(new Object());
		try (CallScope outerScope = outer.enter()) {
			try (CallScope innerScope = inner.enter()) {
				assertThat(ModelCall.current()).isSameAs(inner);
				try (CallScope outside = ModelCall.leave()) {
					assertThat(ModelCall.current()).isNull();
				}
				assertThat(ModelCall.current()).isSameAs(inner);
			}
			assertThat(ModelCall.current()).isSameAs(outer);
		}
		assertThat(ModelCall.current()).isNull();
	}

	@Test
	void onlyTheFirstEndCounts() {
		this.calls.open();
		ModelCall call = begin(new Object());
		call.fail(new IllegalStateException());
		call.succeed();
		call.cancel();
		assertThat(this.events).singleElement().extracting(LlmUsageEvent::status).isEqualTo(LlmRequestStatus.ERROR);
	}

	@Test
	void observationIsOwnedHoweverOftenItIsAskedFor() {
		ModelCall call = begin(springAis());
		Object first = new Object();
		assertThat(call.claimObservation(first)).isTrue();
		assertThat(call.claimObservation(first)).isTrue();
		assertThat(call.claimObservation(new Object())).isFalse();
		assertThat(call.claimObservation(first)).isTrue();
	}

	@Test
	void modelOfTheApplicationOwnsNoObservation() {
		assertThat(begin(new Object()).claimObservation(new Object())).isFalse();
	}

}
