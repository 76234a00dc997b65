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
