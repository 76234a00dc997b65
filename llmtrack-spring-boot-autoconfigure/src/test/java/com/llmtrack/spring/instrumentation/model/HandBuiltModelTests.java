// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.testsupport.OpenAiAnswers;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests models that the application builds itself, with and without observations.
 */
class HandBuiltModelTests extends AbstractHandBuiltModelTests {

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callOfAnObservedModelGivesOneEvent(Kind kind) {
		assertThat(kind.model(this.observations).call("Hi")).isEqualTo("Hello");
		assertEvents(kind, "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void streamOfAnObservedModelGivesOneEvent(Kind kind) {
		streamsAreAnswered();
		assertThat(kind.model(this.observations).stream("Hi").collectList().block()).contains("Hello");
		assertEvents(kind, "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void failureOfAnObservedModelGivesOneEvent(Kind kind) {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		servers.ollama().answers(OpenAiAnswers.failure(400));
		ChatModel model = kind.model(this.observations);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call("Hi"));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.stream("Hi").blockLast());
		assertEvents(kind, "error ?", "error ?");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void cancelledStreamOfAnObservedModelGivesOneEvent(Kind kind) {
		streamsAreAnswered();
		kind.model(this.observations).stream("Hi").take(1).blockLast();
		assertEvents(kind, "cancelled ?");
	}

	@Test
	void clientOfAnObservedModelGivesOneEvent() {
		ChatClient client = ChatClient.create(Kind.OPENAI.model(this.observations), this.observations);
		assertThat(client.prompt("Hi").call().content()).isEqualTo("Hello");
		assertEvents(Kind.OPENAI, "success 3/2/5");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void modelThatIsNeitherObservedNorInstrumentedGivesNoEvent(Kind kind) {
		kind.model(ObservationRegistry.NOOP).call("Hi");
		servers.awaitEvents(0);
		assertThat(servers.requests()).isOne();
	}

}
