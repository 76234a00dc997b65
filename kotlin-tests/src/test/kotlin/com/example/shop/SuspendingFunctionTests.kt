// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import com.llmtrack.spring.LlmContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatIllegalStateException
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest

/**
 * Tests features of suspending functions, whether or not Spring AOP starts them in coroutines of
 * their own.
 */
@SpringBootTest(properties = ["spring.main.web-application-type=none"])
class SuspendingFunctionTests : AbstractKotlinTests() {

	@Autowired
	private lateinit var functions: Functions

	@Autowired
	private lateinit var imports: Imports

	@Autowired
	private lateinit var questions: Questions

	@Autowired
	private lateinit var reviews: Reviews

	@Autowired
	private lateinit var supportChat: SupportChat

	@Autowired
	private lateinit var summarizer: Summarizer

	@Autowired
	private lateinit var translations: Translations

	@Test
	fun plainFunctionBelongsToItsFeature() {
		assertThat(functions.plain()).isEqualTo("Hello")
		assertFeatures("plain")
	}

	@Test
	fun suspendingFunctionWorksForItsCustomer() {
		runBlocking { reviews.thank("4711", "Nice") }
		assertCustomers("4711")
		assertFeatures("reviews")
	}

	@Test
	fun suspendingFunctionBelongsToItsFeature() {
		runBlocking {
			assertThat(functions.blocking()).isEqualTo("Hello")
			functions.nothing()
			assertThat(functions.afterDelay()).isEqualTo("Hello")
			questions.ask()
		}
		assertFeatures("suspending", "suspending", "suspending", null)
	}

	@Test
	fun suspendingFunctionBelongsToItsFeatureOnAnyDispatcher() {
		for (dispatcher in listOf(Dispatchers.IO, Dispatchers.Default, Dispatchers.Unconfined)) {
			runBlocking(dispatcher) {
				functions.blocking()
				functions.afterDelay()
				questions.ask()
				delay(1)
				questions.ask()
			}
		}
		assertFeatures(*(1..3).flatMap { listOf("suspending", "suspending", null, null) }.toTypedArray())
	}

	@Test
	fun functionOfAnInterfaceBelongsToItsFeature() {
		runBlocking(Dispatchers.Default) { assertThat(summarizer.summarize("Hi")).isEqualTo("Hello") }
		assertFeatures("summary")
	}

	@Test
	fun otherThreadsBelongToTheFeature() {
		runBlocking {
			assertThat(functions.onOtherThreads()).isEqualTo("Hello")
			withContext(Dispatchers.IO) { questions.ask() }
		}
		assertFeatures("suspending", "suspending", "suspending", null)
	}

	@Test
	fun childrenBelongToTheFeature() {
		runBlocking { assertThat(functions.children()).isEqualTo("Hello") }
		assertFeatures("suspending", "suspending", "suspending")
	}

	@Test
	fun nearestFunctionWins() {
		runBlocking { assertThat(functions.nested()).isEqualTo("Hello") }
		assertFeatures("inner", "inner", "outer")
	}

	@Test
	fun scopeInCodeWinsUntilItIsClosed() {
		runBlocking { functions.inCode() }
		assertFeatures("code", "outer")
	}

	@Test
	fun scopeThatIsOpenWhileAFunctionIsSuspendedIsClosedWithIt() {
		runBlocking(Dispatchers.Unconfined) {
			functions.openWhileSuspended()
			questions.ask()
		}
		assertFeatures("outer", null)
	}

	@Test
	fun callerGoesOnWithItsOwnFeature() {
		LlmContext.feature("caller").open().use {
			runBlocking {
				functions.afterDelay()
				questions.ask()
			}
		}
		assertFeatures("suspending", "caller")
	}

	@Test
	fun exceptionsAreThrownAndLeaveNothingBehind() {
		runBlocking {
			for ((early, message) in mapOf(true to "early", false to "late")) {
				assertThatIllegalStateException().isThrownBy { runBlocking { functions.failing(early) } }
					.withMessage(message)
			}
			questions.ask()
		}
		assertFeatures("suspending", null)
	}

	@Test
	fun cancellationLeavesNothingBehind() {
		runBlocking {
			val job = launch(Dispatchers.Default) { functions.endless() }
			functions.started.await()
			job.cancelAndJoin()
			questions.ask()
		}
		assertFeatures("suspending", null)
	}

	@Test
	fun deferredOfACallersScopeBelongsToTheFeature() {
		runBlocking {
			assertThat(functions.deferred(this).await()).isEqualTo("Hello")
			assertThat(functions.deferredOfSuspending(this).await()).isEqualTo("Hello")
			assertThat(translations.translate(this, "Hi").await()).isEqualTo("Hello")
			questions.ask()
		}
		assertFeatures("deferred", "deferred", "translation", null)
	}

	@Test
	fun examplesBelongToTheirFeatures() {
		runBlocking {
			supportChat.answer("Hi")
			supportChat.answerLater("Hi")
			reviews.summarize(listOf("Good", "Bad"))
			reviews.reply("Bad")
			translations.translateInBackground("Hi").await()
		}
		imports.import("Hi")
		imports.importAll(listOf("Hi", "Hi"))
		assertFeatures(
			"import", "import", "import",
			"support-chat", "support-chat", "reviews", "reviews", "support-chat", "reviews", "translation",
		)
	}

	@Test
	fun thousandCallsAtOnceKeepTheirFeatures() {
		runBlocking(Dispatchers.Default) {
			repeat(1_000) {
				launch {
					assertThat(functions.current()).containsOnly("suspending")
					assertThat(LlmContext.current().feature()).isNull()
				}
			}
		}
	}

}
