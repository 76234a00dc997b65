// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.web.server.LocalServerPort

/**
 * Tests features of controllers over HTTP.
 */
abstract class AbstractControllerTests : AbstractKotlinTests() {

	@LocalServerPort
	private var port = 0

	private val http = HttpClient.newHttpClient()

	@Test
	fun suspendingFunctionBelongsToItsFeature() {
		assertThat(get("/suspending")).isEqualTo("Hello")
		assertThat(get("/without")).isEqualTo("Hello")
		assertFeatures("web", "web", null)
	}

	@Test
	fun flowBelongsToTheFeature() {
		assertThat(get("/flow")).contains("data:Hello")
		assertThat(get("/suspending-flow")).contains("data:Hello")
		assertFeatures("web", "web")
	}

	@Test
	fun flowInAResponseBelongsToTheFeature() {
		assertThat(get("/entity")).contains("data:Hello")
		assertThat(get("/suspending-entity")).contains("data:Hello")
		assertFeatures("web", "web")
	}

	@Test
	fun deferredBelongsToTheFeature() {
		assertThat(get("/deferred")).isEqualTo("Hello")
		assertFeatures("web")
	}

	fun get(path: String): String {
		val request = HttpRequest.newBuilder(URI.create("http://localhost:$port$path")).build()
		val response = http.send(request, HttpResponse.BodyHandlers.ofString())
		assertThat(response.statusCode()).describedAs(path).isEqualTo(200)
		return response.body()
	}

}

@SpringBootTest(
	webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
	properties = ["spring.main.web-application-type=servlet"],
)
class MvcTests : AbstractControllerTests()

// Reactor Netty 1.3.7 may stop reading a connection that it keeps alive, see
// https://github.com/reactor/reactor-netty/issues/4361
@SpringBootTest(
	webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
	properties = ["spring.main.web-application-type=reactive", "server.netty.max-keep-alive-requests=1"],
)
class WebFluxTests : AbstractControllerTests() {

	@Test
	fun handlerOfARouterBelongsToItsFeature() {
		assertThat(get("/router/answer")).isEqualTo("Hello")
		assertThat(get("/router/blocking")).contains("data:Hello")
		assertThat(get("/router/stream")).contains("data:Hello")
		assertThat(get("/router/story")).contains("data:Hello")
		assertFeatures("handler", "handler", "handler", "story")
	}

}

@SpringBootTest(
	webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
	properties = [
		"spring.main.web-application-type=reactive", "server.netty.max-keep-alive-requests=1",
		"spring.reactor.context-propagation=auto",
	],
)
class PropagatingWebFluxTests : AbstractControllerTests()
