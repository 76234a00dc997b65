// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;

import com.llmtrack.spring.instrumentation.call.TestBeans;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a call that fails before anything is sent gives no event, where it can be
 * known.
 */
class UnsentRequestTests extends AbstractProviderTests {

	/** Has options that OpenAI's and Ollama's models do not take. */
	private static final Prompt UNFIT = new Prompt("Hi", ChatOptions.builder().model("other").build());

	@Test
	void callWithOptionsOfNoProviderGivesNoEvent() {
		for (ChatModel model : List.of(this.openAi, this.ollama)) {
			assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> model.call(UNFIT));
		}
		this.ollama.call("Hi");
		assertEvents("success 23/14/37");
	}

	@Test
	void streamWithOptionsOfNoProviderGivesNoEvent() {
		for (ChatModel model : List.of(this.openAi, this.ollama)) {
			assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> model.stream(UNFIT).blockLast());
		}
		this.ollama.call("Hi");
		assertEvents("success 23/14/37");
	}

	@Test
	void callThatNoObservationTellsOfGivesAnEvent() {
		RecordingSink sink = new RecordingSink();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("gen_ai"));
		assertThat(eventsOfUnfitCall(registry, sink)).isOne();
		assertThat(eventsOfUnfitCall(ObservationRegistry.NOOP, sink)).isOne();
		ObservationRegistry broken = ObservationRegistry.create();
		broken.observationConfig().observationPredicate(UnsentRequestTests::breaks);
		assertThat(eventsOfUnfitCall(broken, sink)).isOne();
		assertThat(eventsOfUnfitCall(ObservationRegistry.create(), sink)).isZero();
	}

	private static boolean breaks(String name, Observation.Context context) {
		throw new IllegalStateException("predicate");
	}

	private static int eventsOfUnfitCall(ObservationRegistry registry, RecordingSink sink) {
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(TestBeans.of(sink));
		instrumentation.afterSingletonsInstantiated();
		new ModelPostProcessor(instrumentation).postProcessAfterInitialization(registry, "registry");
		ChatModel model = instrumentation.instrument(
				OllamaChatModel.builder().ollamaApi(OllamaApi.builder().build()).observationRegistry(registry).build());
		int before = sink.events().size();
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> model.call(UNFIT));
		return sink.events().size() - before;
	}

}
