// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.test.AutoConfigureLlmTrack;
import com.llmtrack.spring.test.LlmUsageEvents;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@SpringBootTest
@AutoConfigureLlmTrack
class SupportChatTests {

	@Autowired
	private SupportChat supportChat;

	@Autowired
	private LlmUsageEvents events;

	@Test
	void answerIsOneCheapRequest() {
		this.supportChat.answer("How do I reset my password?");
		assertThat(this.events).forFeature("support-chat").hasSize(1).allSucceeded().hasTotalTokensAtMost(500);
		assertThat(this.events).withoutFeature().isEmpty();
	}

	@Test
	void storyIsRecorded() {
		this.supportChat.tell("a lighthouse").blockLast();
		assertThat(this.events.await(1)).forFeature("story").forProvider("openai").hasSize(1);
	}

	@Test
	void failureIsRecorded() {
		assertThatException().isThrownBy(() -> this.supportChat.answer("Please fail"));
		assertThat(this.events).withStatus(LlmRequestStatus.ERROR)
			.singleElement()
			.extracting(LlmUsageEvent::feature)
			.isEqualTo("support-chat");
	}

}
