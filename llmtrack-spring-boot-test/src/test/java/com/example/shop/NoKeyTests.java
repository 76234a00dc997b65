// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test that does not ask for recording, without a key.
 */
@SpringBootTest(properties = { "llmtrack.enabled=true", "llmtrack.api-key=" })
class NoKeyTests {

	@Test
	void nothingIsSent(@Autowired SupportChat supportChat, @Autowired EventDispatcher dispatcher) {
		assertThat(supportChat.answer("Hi")).isEqualTo("Hello");
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.OFF);
	}

}
