// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.test.LlmTrackAnswer;
import com.llmtrack.spring.test.LlmTrackServer;
import com.llmtrack.spring.test.ReceivedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class OutageTests {

	static final LlmTrackServer llmTrack = LlmTrackServer.start();

	@Autowired
	private SupportChat supportChat;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		llmTrack.registerProperties(registry::add);
	}

	@BeforeEach
	void reset() {
		llmTrack.reset();
	}

	@Test
	void eventOutlivesAnOutage() {
		llmTrack.answerNext(LlmTrackAnswer.failure(), LlmTrackAnswer.connectionClosed(), LlmTrackAnswer.lost());
		this.supportChat.answer("How do I reset my password?");
		ReceivedEvent event = llmTrack.await(1).get(0);
		assertThat(event.get("metadata.feature")).isEqualTo("support-chat");
		assertThat(event.get("total_tokens")).isEqualTo(29);
		assertThat(llmTrack.refused()).isEmpty();
	}

}
