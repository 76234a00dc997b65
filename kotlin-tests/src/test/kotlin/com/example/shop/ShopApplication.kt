// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import com.llmtrack.spring.LlmFeature
import com.llmtrack.spring.LlmContext
import com.llmtrack.spring.LlmCustomerId
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.springframework.ai.chat.client.ChatClient
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.core.PropagationContextElement
import org.springframework.stereotype.Service

/**
 * The application of the examples in the documentation.
 */
@SpringBootApplication
class ShopApplication

@Service
class SupportChat(builder: ChatClient.Builder) {

	private val chatClient = builder.build()

	@LlmFeature("support-chat")
	fun answer(question: String): String? = chatClient.prompt(question).call().content()

	@LlmFeature("support-chat")
	suspend fun answerLater(question: String): String? = withContext(Dispatchers.IO) {
		chatClient.prompt(question).call().content()
	}

}

@Service
class Reviews(private val supportChat: SupportChat, builder: ChatClient.Builder) {

	private val chatClient = builder.build()

	@LlmFeature("reviews")
	suspend fun summarize(reviews: List<String>): List<String?> = coroutineScope {
		reviews.map { review -> async(Dispatchers.IO) { chatClient.prompt(review).call().content() } }.awaitAll()
	}

	@LlmFeature("reviews")
	suspend fun thank(@LlmCustomerId customer: String, review: String): String? = withContext(Dispatchers.IO) {
		chatClient.prompt(review).call().content()
	}

	@LlmFeature("reviews")
	suspend fun reply(review: String): String? {
		val answer = supportChat.answerLater(review) // under "support-chat"
		return chatClient.prompt("Say it politely: $answer").call().content() // under "reviews"
	}

}

@Service
class Translations(builder: ChatClient.Builder) {

	private val chatClient = builder.build()

	private val background = CoroutineScope(Dispatchers.IO)

	@LlmFeature("translation")
	fun translate(scope: CoroutineScope, text: String): Deferred<String?> = scope.async(Dispatchers.IO) {
		chatClient.prompt(text).call().content()
	}

	@LlmFeature("translation")
	fun translateInBackground(text: String): Deferred<String?> = background.async(PropagationContextElement()) {
		chatClient.prompt(text).call().content()
	}

}

@Service
class Stories(builder: ChatClient.Builder) {

	private val chatClient = builder.build()

	@LlmFeature("story")
	fun tell(topic: String): Flow<String> = chatClient.prompt(topic).stream().content().asFlow()

}

@Service
class Imports(builder: ChatClient.Builder) {

	private val chatClient = builder.build()

	fun import(question: String) {
		LlmContext.feature("import").open().use {
			chatClient.prompt(question).call().content()
		}
	}

	fun importAll(questions: List<String>) {
		LlmContext.feature("import").open().use {
			runBlocking(PropagationContextElement()) {
				questions.map { async(Dispatchers.IO) { chatClient.prompt(it).call().content() } }.awaitAll()
			}
		}
	}

}
