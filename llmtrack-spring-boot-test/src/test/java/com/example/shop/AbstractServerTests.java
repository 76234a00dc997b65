// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.test.LlmTrackServer;
import org.junit.jupiter.api.AfterEach;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Application with a key and a server that would take events, if there were any.
 */
abstract class AbstractServerTests {

	private static final LlmTrackServer server = LlmTrackServer.start();

	@DynamicPropertySource
	static void keyAndServer(DynamicPropertyRegistry registry) {
		registry.add("llmtrack.base-url", server::baseUrl);
		registry.add("llmtrack.api-key", server::apiKey);
	}

	@AfterEach
	void assertNothingArrived() {
		assertThat(server.received()).isEmpty();
		assertThat(server.refused()).isEmpty();
	}

}
