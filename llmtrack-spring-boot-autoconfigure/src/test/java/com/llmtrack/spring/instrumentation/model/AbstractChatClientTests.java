// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;

import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Base for tests that share an application with OpenAI, whose requests are counted.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		classes = AbstractChatClientTests.Application.class,
		properties = { "spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
				"spring.ai.openai.max-retries=0", "llmtrack.api-key=llmtrack-key" })
abstract class AbstractChatClientTests {

	@RegisterExtension
	static final StubServers servers = StubServers.shared();

	@Autowired
	ChatClient.Builder chatClientBuilder;

	@Autowired
	ChatModel chatModel;

	ChatClient chatClient;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	@BeforeEach
	void buildClient() {
		this.chatClient = this.chatClientBuilder.build();
	}

	static List<JsonNode> assertEvents(String... expected) {
		return EventAssertions.assertEvents(servers, servers::requests, expected);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
