// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop

import java.io.File
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/**
 * Tests that the examples on the page about Kotlin are parts of this application, which is compiled and
 * tested.
 */
class DocumentationTests {

	private val page = File("../docs/kotlin.md").readText()

	private val blocks = Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(page)
		.map { it.groupValues[1] }
		.toList()

	private val sources = File("src/test/kotlin").walk()
		.filter { it.isFile && !it.name.endsWith("Tests.kt") }
		.map { "\n${normalize(it.readText())}\n" }
		.toList()

	@Test
	fun examplesArePartsOfTheApplication() {
		val examples = blocks.filterNot { isBuild(it) }
		assertThat(examples).hasSizeGreaterThan(5)
		assertThat(examples).allSatisfy { example ->
			assertThat(sources).anySatisfy { source -> assertThat(source).contains("\n${normalize(example)}\n") }
		}
	}

	@Test
	fun buildNamesTheModulesOfThisProject() {
		val current = Regex("<version>(.*?)</version>").find(File("pom.xml").readText())!!.groupValues[1]
		val release = Regex("-Dapi.baseline.version=(\\S+)").find(File("../.mvn/maven.config").readText())
		val version = if (current.endsWith("-SNAPSHOT")) release?.groupValues?.get(1) ?: current else current
		val coordinates = Regex("\"com.llmtrack:(.*?):(.*?)\"").findAll(blocks.single { isBuild(it) }).toList()
		assertThat(coordinates).hasSize(2).allSatisfy {
			assertThat(File("../${it.groupValues[1]}/pom.xml")).exists()
			assertThat(it.groupValues[2]).isEqualTo(version)
		}
	}

	private fun isBuild(block: String) = block.startsWith("dependencies {")

	private fun normalize(code: String) = code.lines().map { it.trim() }.filter { it.isNotEmpty() }.joinToString("\n")

}
