// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the Java, XML and JSON in the documentation: that it compiles, names existing
 * artifacts, and is an event that LLMtrack accepts.
 */
@Tag("project")
class DocumentedCodeTests {

	/** Its code runs among the tests of the kit that it is about. */
	private static final String TESTING = Path.of("docs", "testing.md").toString();

	private static final Map<JavaBlock, List<String>> javaProblems = JavaBlock.problems(javaBlocks());

	static List<JavaBlock> javaBlocks() {
		return Page.blocks("java")
			.stream()
			.filter((block) -> !block.file().equals(TESTING))
			.map(JavaBlock::new)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("javaBlocks")
	void javaCompiles(JavaBlock block) {
		assertThat(javaProblems.getOrDefault(block, List.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "class Broken {\n\n    Missing field;\n\n}", "void broken() {\n\n    missing();\n}",
			"int a = 1;\n\nmissing();" })
	void brokenJavaIsNamedByFileAndLine(String code) {
		assertThat(new JavaBlock(new CodeBlock("page.md", 4, "java", code)).problems()).singleElement()
			.asString()
			.startsWith("page.md:6: cannot find symbol");
	}

	@Test
	void fileCompilesWithTheImportsThatItShows() {
		assertThat(new JavaBlock(new CodeBlock("page.md", 4, "java",
				"import java.util.List;\n\nclass Broken {\n\n    List<Duration> field;\n\n}"))
			.problems()).singleElement().asString().startsWith("page.md:8: cannot find symbol");
	}

	@Test
	void importThatIsNotUsedIsNamed() {
		assertThat(new JavaBlock(new CodeBlock("page.md", 4, "java",
				"import java.util.List;\nimport java.util.Set;\n\nclass Broken {\n\n    Set<String> field;\n\n}"))
			.unusedImports()).containsExactly("List");
	}

	@ParameterizedTest
	@MethodSource("javaBlocks")
	void importsAreUsed(JavaBlock block) {
		assertThat(block.unusedImports()).as("%s", block).isEmpty();
	}

	/**
	 * Pages whose classes are to be copied whole. The fragments on other pages leave the
	 * imports to the reader's editor.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "getting-started.md", "recording-by-hand.md", "testing.md" })
	void classToCopyShowsItsImports(String page) {
		String file = Path.of("docs", page).toString();
		assertThat(Page.blocks("java").stream().filter((block) -> block.file().equals(file)).map(JavaBlock::new))
			.filteredOn(JavaBlock::declaresType)
			.allMatch(JavaBlock::hasImports);
	}

	static List<CodeBlock> xmlBlocks() {
		return Page.blocks("xml");
	}

	@ParameterizedTest
	@MethodSource("xmlBlocks")
	void xmlNamesArtifactsThatThereAre(CodeBlock block) {
		assertThat(Artifacts.problems(block.code())).as("%s", block).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<dependency>", "<dependency><artifactId>a</artifactId></dependency>",
			"<dependency><groupId>com.llmtrack</groupId><artifactId>llmtrack-starter</artifactId></dependency>", """
					<dependency><groupId>com.llmtrack</groupId><artifactId>llmtrack-spring-boot-starter</artifactId>
					<version>0.0.1</version></dependency>""" })
	void brokenXmlIsNamed(String xml) {
		assertThat(Artifacts.problems(xml)).hasSize(1);
	}

	@Test
	void coordinatesWithinSentencesAreThoseOfArtifactsThatThereAre() {
		assertThat(Page.allSpans().filter((span) -> span.code().startsWith("com.llmtrack:"))).isNotEmpty()
			.allSatisfy((span) -> assertThat(Artifacts.areCoordinates(span.code())).as("%s", span).isTrue());
		assertThat(Artifacts.areCoordinates("com.llmtrack:llmtrack-spring-boot-starter:0.0.1")).isFalse();
		assertThat(Artifacts.areCoordinates("com.llmtrack:llmtrack-starter:" + Project.documentedVersion())).isFalse();
	}

	static List<CodeBlock> jsonBlocks() {
		return Page.blocks("json");
	}

	@ParameterizedTest
	@MethodSource("jsonBlocks")
	void jsonIsAnEventThatLlmTrackAccepts(CodeBlock block) {
		assertThat(EventBodies.problems(block.code())).as("%s", block).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"provider\":\"openai\"}", """
			{"provider":"openai","model":"a","prompt_tokens":-1,"completion_tokens":1,"total_tokens":1,
			"latency_ms":1,"status":"success"}""", """
			{"provider":"openai","model":"a","prompt_tokens":1,"completion_tokens":1,"total_tokens":2,
			"latency_ms":1,"status":"success","unknown":1}""" })
	void brokenEventIsNamed(String json) {
		assertThat(EventBodies.problems(json)).hasSize(1);
	}

}
