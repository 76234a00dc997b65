// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import com.llmtrack.spring.LlmFeature
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.reactive.asFlow
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.core.PropagationContextElement
import org.springframework.http.MediaType
import org.springframework.http.ResponseEntity
import org.springframework.stereotype.Component
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.reactive.function.server.ServerRequest
import org.springframework.web.reactive.function.server.ServerResponse
import org.springframework.web.reactive.function.server.bodyAndAwait
import org.springframework.web.reactive.function.server.bodyValueAndAwait
import org.springframework.web.reactive.function.server.coRouter

/**
 * A controller of Spring MVC and of Spring WebFlux.
 */
@LlmFeature("web")
@RestController
class Controller(private val questions: Questions) {

	private val background = CoroutineScope(Dispatchers.IO)

	@GetMapping("/suspending")
	suspend fun suspending(): String? {
		questions.ask()
		delay(1)
		return questions.ask()
	}

	@GetMapping("/flow", produces = [MediaType.TEXT_EVENT_STREAM_VALUE])
	fun flow(): Flow<String> = blockingFlow()

	@GetMapping("/suspending-flow", produces = [MediaType.TEXT_EVENT_STREAM_VALUE])
	suspend fun suspendingFlow(): Flow<String> {
		delay(1)
		return questions.streamElsewhere().asFlow()
	}

	@GetMapping("/deferred")
	fun deferred(): Deferred<String?> = background.async(PropagationContextElement()) {
		delay(1)
		questions.ask()
	}

	@GetMapping("/entity", produces = [MediaType.TEXT_EVENT_STREAM_VALUE])
	fun entity(): ResponseEntity<Flow<String>> = ResponseEntity.ok(blockingFlow())

	@GetMapping("/suspending-entity", produces = [MediaType.TEXT_EVENT_STREAM_VALUE])
	suspend fun suspendingEntity(): ResponseEntity<Flow<String>> {
		delay(1)
		return ResponseEntity.ok(blockingFlow())
	}

	private fun blockingFlow() = flow {
		delay(1)
		emit("${questions.ask()}")
	}

}

@RestController
class UnannotatedController(private val questions: Questions) {

	@GetMapping("/without")
	suspend fun without(): String? {
		delay(1)
		return questions.ask()
	}

}

@Component
class ChatHandler(private val questions: Questions, private val stories: Stories) {

	@LlmFeature("handler")
	suspend fun answer(request: ServerRequest): ServerResponse {
		delay(1)
		return ServerResponse.ok().bodyValueAndAwait("${questions.ask(request.path())}")
	}

	@LlmFeature("handler")
	suspend fun blocking(request: ServerRequest): ServerResponse =
		ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).bodyAndAwait(
			flow {
				delay(1)
				emit("${questions.ask(request.path())}")
			},
		)

	@LlmFeature("handler")
	suspend fun stream(request: ServerRequest): ServerResponse {
		check(request.path() == "/router/stream")
		return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM)
			.bodyAndAwait(questions.streamElsewhere().asFlow())
	}

	@LlmFeature("story")
	suspend fun story(request: ServerRequest): ServerResponse {
		val topic = request.queryParam("topic").orElse("a lighthouse")
		return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).bodyAndAwait(stories.tell(topic))
	}

}

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class Routes {

	@Bean
	fun chatRoutes(handler: ChatHandler) = coRouter {
		GET("/router/story", handler::story)
	}

	@Bean
	fun otherRoutes(handler: ChatHandler) = coRouter {
		GET("/router/answer", handler::answer)
		GET("/router/blocking", handler::blocking)
		GET("/router/stream", handler::stream)
	}

}
