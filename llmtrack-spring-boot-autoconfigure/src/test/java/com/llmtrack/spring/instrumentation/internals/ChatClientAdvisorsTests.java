// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatClientAdvisors}: that Spring AI has not renamed the interface.
 */
class ChatClientAdvisorsTests {

	@Test
	void advisorsAreRecognized() {
		assertThat(ChatClientAdvisors.INTERFACE).isEqualTo(Advisor.class.getName());
		assertThat(ChatClientAdvisors.contain(CallAdvisor.class)).isTrue();
		assertThat(ChatClientAdvisors.contain(StreamAdvisor.class)).isTrue();
		assertThat(ChatClientAdvisors.contain(BaseAdvisor.class)).isTrue();
		assertThat(ChatClientAdvisors.contain(MessageChatMemoryAdvisor.class)).isTrue();
	}

	@Test
	void classThatUsesAnAdvisorIsNone() {
		Object inTest = new Object() {
		};
		assertThat(ChatClientAdvisors.contain(inTest.getClass())).isFalse();
		assertThat(ChatClientAdvisors.contain(Object.class)).isFalse();
	}

}
