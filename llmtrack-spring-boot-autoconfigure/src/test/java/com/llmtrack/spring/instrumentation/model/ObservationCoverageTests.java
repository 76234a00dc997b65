// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.testsupport.OpenAiAnswers;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that observations of Spring AI neither add nor remove events.
 */
@ActiveProfiles("observations")
class ObservationCoverageTests extends AbstractChatClientTests {

	@Autowired
	private ObservationRegistry observations;

	@Test
	void observationsAreOn() {
		assertThat(this.observations.isNoop()).isFalse();
	}

	@Test
	void observedCallGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		this.chatClient.prompt("Hi").call().content();
		assertEvents("success 3/2/5");
	}

	@Test
	void observedStreamGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		this.chatClient.prompt("Hi").stream().content().blockLast();
		assertEvents("success 3/2/5");
	}

	/**
	 * Which are missing from the answer that is observed.
	 */
	@Test
	void observedStreamKeepsCachedAndReasoningTokens() {
		servers.openAiStreams("""
				{"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[],\
				"usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29,\
				"prompt_tokens_details":{"cached_tokens":16},"completion_tokens_details":{"reasoning_tokens":7}}}""");
		this.chatClient.prompt("Hi").stream().content().blockLast();
		assertThat(assertEvents("success 20/9/29")).singleElement().satisfies((event) -> {
			assertThat(event.at("/cached_input_tokens").asInt()).isEqualTo(16);
			assertThat(event.at("/reasoning_tokens").asInt()).isEqualTo(7);
		});
	}

}
