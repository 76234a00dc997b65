/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Models that the application builds itself, observed or not.
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
