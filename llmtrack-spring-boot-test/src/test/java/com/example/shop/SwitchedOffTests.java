// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.test.LlmUsageEvents;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test that does not ask for recording, with a key in its environment: the properties
 * in {@code config} see to it that nothing is sent.
 */
@SpringBootTest
class SwitchedOffTests extends AbstractServerTests {

	@Test
	void nothingIsSentAndNothingRecorded(@Autowired SupportChat supportChat, @Autowired EventDispatcher dispatcher,
			@Autowired ObjectProvider<LlmUsageEvents> events) {
		assertThat(supportChat.answer("Hi")).isEqualTo("Hello");
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.OFF);
		assertThat(events).isEmpty();
	}

}
