// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.CallScope;
import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FallbackObservationRegistry}.
 */
class FallbackObservationRegistryTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private final ModelCalls calls = new ModelCalls(TestBeans.of(new RecordingSink()));

	private final DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(TestBeans.of());

	private final FallbackObservationRegistry registry = new FallbackObservationRegistry(
			this.instrumentation.observationHandler(), this.instrumentation.observedRegistries());

	private boolean isEnabled(ChatModelObservationContext context) {
		return this.registry.test("gen_ai.client.operation", context);
	}

	private static ChatModelObservationContext context() {
		return ChatModelObservationContext.builder().prompt(PROMPT).provider("ollama").build();
	}

	@Test
	void observationOfAnInstrumentedModelIsSuperfluousHoweverOftenItIsAskedFor() {
		Object model = OllamaChatModel.builder().ollamaApi(OllamaApi.builder().build()).build();
		ModelCall call = this.calls.begin(CalledModel.proxied("model", model), PROMPT);
		ChatModelObservationContext first = context();
		try (CallScope scope = call.enter()) {
			assertThat(isEnabled(first)).isFalse();
			assertThat(isEnabled(first)).isFalse();
			assertThat(isEnabled(context())).isTrue();
		}
	}

	@Test
	void observationOfAModelWithoutProxyIsEnabled() {
		assertThat(isEnabled(context())).isTrue();
	}

}
