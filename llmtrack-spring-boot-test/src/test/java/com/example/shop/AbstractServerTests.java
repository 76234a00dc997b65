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
