// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import com.llmtrack.spring.LlmFeature
import com.llmtrack.spring.LlmContext
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.springframework.ai.chat.client.ChatClient
import org.springframework.ai.chat.model.ChatModel
import org.springframework.ai.chat.prompt.Prompt
import org.springframework.stereotype.Component
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import reactor.core.scheduler.Schedulers

/**
 * Ways to make a request to OpenAI, without features.
 */
@Component
class Questions(builder: ChatClient.Builder, private val model: ChatModel) {

	private val client = builder.build()

	fun ask(question: String = "Hi"): String? = client.prompt(question).call().content()

	fun stream(): Flux<String> = client.prompt("Hi").stream().content()

	/** Goes on with another thread before it reaches the model, and has no advisor that carries the feature. */
	fun streamElsewhere(): Flux<String> =
		Mono.just("Hi").publishOn(Schedulers.parallel()).flatMapMany { model.stream(Prompt(it)) }.map { "Hello" }

}

/**
 * Functions with features.
 */
@Component
class Functions(private val questions: Questions, private val inner: InnerFunctions) {

	val started = CompletableDeferred<Unit>()

	@LlmFeature("plain")
	fun plain() = questions.ask()

	@LlmFeature("suspending")
	suspend fun blocking() = questions.ask()

	@LlmFeature("suspending")
	suspend fun nothing() {
		questions.ask()
	}

	@LlmFeature("suspending")
	suspend fun afterDelay(): String? {
		delay(1)
		return questions.ask()
	}

	@LlmFeature("suspending")
	suspend fun onOtherThreads(): String? {
		withContext(Dispatchers.IO) { questions.ask() }
		withContext(Dispatchers.Default) {
			delay(1)
			questions.ask()
		}
		return questions.ask()
	}

	@LlmFeature("suspending")
	suspend fun current(): List<String?> {
		val before = LlmContext.current().feature()
		yield()
		val after = LlmContext.current().feature()
		val elsewhere = withContext(Dispatchers.IO) { LlmContext.current().feature() }
		return listOf(before, after, elsewhere)
	}

	@LlmFeature("suspending")
	suspend fun children() = coroutineScope {
		launch { questions.ask() }
		launch(Dispatchers.IO) { questions.ask() }
		async(Dispatchers.Default) { questions.ask() }.await()
	}

	@LlmFeature("outer")
	suspend fun nested(): String? {
		withContext(Dispatchers.IO) { inner.suspending() }
		inner.plain()
		return questions.ask()
	}

	@LlmFeature("outer")
	suspend fun inCode(): String? {
		LlmContext.feature("code").open().use { questions.ask() }
		return questions.ask()
	}

	@LlmFeature("outer")
	suspend fun openWhileSuspended(): String? {
		LlmContext.feature("code").open().use { delay(1) }
		return questions.ask()
	}

	@LlmFeature("suspending")
	suspend fun failing(early: Boolean): String? {
		if (early) {
			error("early")
		}
		withContext(Dispatchers.IO) { questions.ask() }
		error("late")
	}

	@LlmFeature("suspending")
	suspend fun endless() {
		withContext(Dispatchers.IO) { questions.ask() }
		started.complete(Unit)
		awaitCancellation()
	}

	@LlmFeature("deferred")
	fun deferred(scope: CoroutineScope): Deferred<String?> = scope.async(Dispatchers.IO) {
		delay(1)
		questions.ask()
	}

	@LlmFeature("deferred")
	suspend fun deferredOfSuspending(scope: CoroutineScope): Deferred<String?> {
		delay(1)
		return scope.async { questions.ask() }
	}

	@LlmFeature("flow")
	fun flowThatBlocks(): Flow<String?> = flow {
		emit(questions.ask())
		delay(1)
		emit(questions.ask())
		withContext(Dispatchers.IO) { questions.ask() }
	}

	@LlmFeature("flow")
	fun flowOfStream(): Flow<String> = questions.stream().asFlow()

	@LlmFeature("flow")
	fun flowOfStreamElsewhere(): Flow<String> = questions.streamElsewhere().asFlow()

	@LlmFeature("flow")
	suspend fun suspendingFlow(): Flow<String> {
		delay(1)
		return questions.streamElsewhere().asFlow()
	}

	@LlmFeature("suspending")
	suspend fun stream(): List<String> {
		delay(1)
		val items = mutableListOf<String>()
		questions.streamElsewhere().asFlow().collect { items.add(it) }
		return items
	}

}

@Component
class InnerFunctions(private val questions: Questions) {

	@LlmFeature("inner")
	fun plain() = questions.ask()

	@LlmFeature("inner")
	suspend fun suspending(): String? {
		delay(1)
		return questions.ask()
	}

}

interface Summarizer {

	@LlmFeature("summary")
	suspend fun summarize(text: String): String?

}

@Component
class ShortSummarizer(private val questions: Questions) : Summarizer {

	override suspend fun summarize(text: String): String? {
		delay(1)
		return questions.ask(text)
	}

}
