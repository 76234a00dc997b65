// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that log lines in the documentation are those of the code, and that it explains
 * all warnings and errors.
 */
@Tag("project")
class DocumentedLogLineTests {

	private static LogLines lines;

	@BeforeAll
	static void read() {
		lines = LogLines.ofTheProject();
	}

	static List<CodeBlock> blocks() {
		// What the test kit prints is checked by the kit
		return Page.blocks("text").stream().filter((block) -> !block.file().endsWith("testing.md")).toList();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void linesAreThoseOfTheCode(CodeBlock block) {
		assertThat(block.code().lines()).as("%s", block).allMatch(lines::contain);
	}

	static Stream<CodeSpan> spans() {
		return Page.allSpans().filter(CodeSpan::isLogLine);
	}

	@ParameterizedTest
	@MethodSource("spans")
	void lineWithinASentenceIsThatOfTheCode(CodeSpan span) {
		assertThat(span).matches((quoted) -> lines.contain(quoted.code()));
	}

	@Test
	void everyWarningAndErrorIsExplained() {
		assertThat(lines.problemsMissingIn(spans().map(CodeSpan::code).toList())).isEmpty();
	}

	@Test
	void warningThatIsNotExplainedIsNoticed() {
		LogLines own = new LogLines(Set.of(), Set.of("One is wrong; see ", "Another is wrong: ", " is wrong"));
		assertThat(own.problemsMissingIn(List.of("One is wrong", "… is wrong", "…")))
			.containsExactly("Another is wrong: ");
	}

	@Test
	void lineConsistsOfTextsAndOfWhatVaries() {
		assertThat(new LogLines(
				Set.of("The queue of ", " events is full; new ones are dropped (",
						" so far) until LLMtrack takes events again", ". ", "See llmtrack.delivery.queue-capacity."),
				Set.of()))
			.satisfies((own) -> {
				assertThat(own.contain("The queue of 10000 events is full; new ones are dropped")).isTrue();
				assertThat(own.contain("The queue of … events is full; new ones are dropped")).isTrue();
				assertThat(own.contain("The queue of many events is full; new ones are dropped")).isFalse();
				assertThat(own.contain("The queue of 10000 events is full; old ones are dropped")).isFalse();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "LLMtrack rejects the key", "LLMtrack refuses a key", "LLMtrack was off",
			"LLMtrack can't take events right now (no network)", "LLMtrack is off because there is no key",
			"LLMtrack tracks 2 model beans and sends messages to https://llm-track.com.", "Everything is fine here" })
	void lineThatTheCodeDoesNotLogIsNoticed(String line) {
		assertThat(lines.contain(line)).isFalse();
	}

}
