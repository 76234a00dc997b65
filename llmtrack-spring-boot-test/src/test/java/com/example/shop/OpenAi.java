// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Stands in for OpenAI in all applications of these tests. Answers with 19 + 10 tokens,
 * and fails where the question is to fail.
 */
class OpenAi implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String USAGE = "{\"prompt_tokens\":19,\"completion_tokens\":10,\"total_tokens\":29}";

	private static final WireMockServer server = start();

	private static WireMockServer start() {
		WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		server.stubFor(WireMock.post(WireMock.anyUrl())
			.willReturn(WireMock.okJson("""
					{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18","choices":\
					[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":%s}"""
				.formatted(USAGE))));
		server
			.stubFor(
					WireMock.post(WireMock.anyUrl())
						.withRequestBody(WireMock.matchingJsonPath("$.stream", WireMock.equalTo("true")))
						.willReturn(WireMock.aResponse()
							.withHeader("Content-Type", "text/event-stream")
							.withBody(chunk("[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
									+ "\"finish_reason\":\"stop\"}]", "null") + chunk("[]", USAGE)
									+ "data: [DONE]\n\n")));
		server.stubFor(WireMock.post(WireMock.anyUrl())
			.withRequestBody(WireMock.containing("fail"))
			.willReturn(WireMock.jsonResponse("{\"error\":{\"message\":\"no\",\"code\":\"bad\"}}", 400)));
		server.start();
		return server;
	}

	private static String chunk(String choices, String usage) {
		return """
				data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
				"choices":%s,"usage":%s}

				""".formatted(choices, usage);
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("openai",
					Map.of("spring.ai.openai.base-url", server.baseUrl(), "spring.ai.openai.api-key", "openai-key",
							"spring.ai.openai.chat.model", "gpt-4o-mini", "spring.ai.openai.max-retries", "0")));
	}

}
