// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import com.github.tomakehurst.wiremock.WireMockServer
import com.github.tomakehurst.wiremock.client.WireMock
import com.github.tomakehurst.wiremock.core.WireMockConfiguration
import org.springframework.context.ApplicationContextInitializer
import org.springframework.context.ConfigurableApplicationContext
import org.springframework.core.env.MapPropertySource

/**
 * Stands in for OpenAI in all applications of these tests. Fails where the question is to fail.
 */
class OpenAi : ApplicationContextInitializer<ConfigurableApplicationContext> {

	override fun initialize(context: ConfigurableApplicationContext) {
		context.environment.propertySources.addLast(
			MapPropertySource(
				"openai",
				mapOf(
					"spring.ai.openai.base-url" to server.baseUrl(),
					"spring.ai.openai.api-key" to "openai-key",
					"spring.ai.openai.chat.model" to "gpt-4o-mini",
					"spring.ai.openai.max-retries" to "0",
				),
			),
		)
	}

	companion object {

		private const val USAGE = """{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}"""

		private val server = WireMockServer(WireMockConfiguration.options().dynamicPort()).apply {
			stubFor(WireMock.post(WireMock.anyUrl()).willReturn(WireMock.okJson(answer())))
			stubFor(
				WireMock.post(WireMock.anyUrl())
					.withRequestBody(WireMock.matchingJsonPath("$.stream", WireMock.equalTo("true")))
					.willReturn(
						WireMock.aResponse()
							.withHeader("Content-Type", "text/event-stream")
							.withBody(stream()),
					),
			)
			stubFor(
				WireMock.post(WireMock.anyUrl())
					.withRequestBody(WireMock.containing("fail"))
					.willReturn(WireMock.jsonResponse("""{"error":{"message":"no","code":"bad"}}""", 400)),
			)
			start()
		}

		private fun answer() =
			"""{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18","choices":""" +
				"""[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":$USAGE}"""

		private fun stream() =
			chunk("""[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]""", "null") +
				chunk("[]", USAGE) + "data: [DONE]\n\n"

		private fun chunk(choices: String, usage: String) =
			"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",""" +
				""""choices":$choices,"usage":$usage}""" + "\n\n"

	}

}
