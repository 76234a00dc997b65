// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import com.llmtrack.spring.LlmContextThreadLocalAccessor
import com.llmtrack.spring.test.AutoConfigureLlmTrack
import com.llmtrack.spring.test.LlmUsageEvents
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.springframework.beans.factory.annotation.Autowired

/**
 * Base for tests of features in Kotlin.
 */
@AutoConfigureLlmTrack
abstract class AbstractKotlinTests {

	@Autowired
	private lateinit var events: LlmUsageEvents

	@AfterEach
	fun nothingIsLeftOnAnyThread() = runBlocking {
		assertThat(scope()).isNull()
		for (dispatcher in listOf(Dispatchers.IO, Dispatchers.Default)) {
			assertThat((1..100).map { async(dispatcher) { scope() } }.awaitAll()).containsOnlyNulls()
		}
		withContext(Dispatchers.Unconfined) {
			delay(1)
			assertThat(scope()).isNull()
		}
	}

	private fun scope() = LlmContextThreadLocalAccessor().value

	/**
	 * Assert that there is one event per request, with these features in any order.
	 */
	fun assertFeatures(vararg expected: String?) {
		val features = events.await(expected.size).all().map { it.feature() }
		assertThat(features).containsExactlyInAnyOrder(*expected)
	}

	fun assertCustomers(vararg expected: String?) {
		val customers = events.await(expected.size).all().map { it.customer()?.id() }
		assertThat(customers).containsExactlyInAnyOrder(*expected)
	}

}
