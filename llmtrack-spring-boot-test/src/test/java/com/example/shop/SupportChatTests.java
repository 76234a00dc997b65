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
	void storyIsTracked() {
		this.supportChat.tell("a lighthouse").blockLast();
		assertThat(this.events.await(1)).forFeature("story").forProvider("openai").hasSize(1);
	}

	@Test
	void failureIsTracked() {
		assertThatException().isThrownBy(() -> this.supportChat.answer("Please fail"));
		assertThat(this.events).withStatus(LlmRequestStatus.ERROR)
			.singleElement()
			.extracting(LlmUsageEvent::getFeature)
			.isEqualTo("support-chat");
	}

}
