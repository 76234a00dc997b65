// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.test.AutoConfigureLlmTrack;
import com.llmtrack.spring.test.LlmUsageEvents;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application's own tests, with events in memory and no key.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@AutoConfigureLlmTrack
class RecordedEventsTests {

	@Autowired
	private SupportChat supportChat;

	@Autowired
	private LlmUsageEvents events;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		AbstractShopTests.providers.properties().forEach((name, value) -> registry.add(name, () -> value));
	}

	@Test
	void answerIsOneCheapRequest() {
		this.supportChat.answer("4711", "Hi");
		assertThat(this.events).forFeature("support-chat")
			.forCustomer("4711")
			.hasSize(1)
			.allSucceeded()
			.hasTotalTokensAtMost(30);
		assertThat(this.events).withoutFeature().isEmpty();
	}

	@Test
	void streamIsRecorded() {
		this.supportChat.stream("4711", "Use status").blockLast();
		assertThat(this.events.await(2)).forFeature("support-chat").forProvider("openai").hasSize(2);
	}

	@Test
	void failureIsRecorded() {
		assertThatException().isThrownBy(() -> this.supportChat.answer("4711", "Fail"));
		assertThat(this.events).withStatus(LlmRequestStatus.ERROR).hasSize(1).allHaveFeature();
	}

}
