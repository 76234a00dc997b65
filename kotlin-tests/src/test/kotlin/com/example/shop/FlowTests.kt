// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import com.llmtrack.spring.LlmContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.core.PropagationContextElement

/**
 * Tests features of flows, and of coroutines that are started without an annotation.
 */
@SpringBootTest(properties = ["spring.main.web-application-type=none"])
class FlowTests : AbstractKotlinTests() {

	@Autowired
	private lateinit var functions: Functions

	@Autowired
	private lateinit var questions: Questions

	@Test
	fun flowThatBlocksBelongsToTheFeature() {
		runBlocking {
			assertThat(functions.flowThatBlocks().toList()).containsExactly("Hello", "Hello")
			withContext(Dispatchers.IO) { functions.flowThatBlocks().toList() }
		}
		assertFeatures("flow", "flow", "flow", "flow", "flow", "flow")
	}

	@Test
	fun collectorOfAFlowKeepsItsOwnFeature() {
		runBlocking {
			functions.flowThatBlocks().collect { questions.ask() }
		}
		assertFeatures("flow", null, "flow", null, "flow")
	}

	@Test
	fun flowOfAStreamBelongsToTheFeature() {
		runBlocking {
			assertThat(functions.flowOfStream().toList()).contains("Hello")
			assertThat(functions.flowOfStreamElsewhere().toList()).contains("Hello")
			assertThat(functions.suspendingFlow().toList()).contains("Hello")
		}
		assertFeatures("flow", "flow", "flow")
	}

	@Test
	fun streamInASuspendingFunctionBelongsToTheFeature() {
		runBlocking { assertThat(functions.stream()).contains("Hello") }
		assertFeatures("suspending")
	}

	@Test
	fun coroutinesThatAreStartedUnderAFeatureHaveItWithSpringsElement() {
		LlmContext.feature("import").open().use {
			runBlocking(PropagationContextElement()) {
				questions.ask()
				withContext(Dispatchers.IO) { questions.ask() }
				async(Dispatchers.Default) { questions.ask() }.await()
			}
		}
		assertFeatures("import", "import", "import")
	}

}
