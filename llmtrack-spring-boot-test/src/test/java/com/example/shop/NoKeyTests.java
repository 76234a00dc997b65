// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmUsageEventSink;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test that does not ask for recording, without a key.
 */
@SpringBootTest(properties = { "llmtrack.enabled=true", "llmtrack.api-key=" })
class NoKeyTests {

	@Test
	void nothingIsSent(@Autowired SupportChat supportChat, @Autowired ObjectProvider<LlmUsageEventSink> sink) {
		assertThat(supportChat.answer("Hi")).isEqualTo("Hello");
		assertThat(sink).isEmpty();
	}

}
