// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Checks that the code on the page about testing, with its imports, is that of tests
 * which are run here, and that a failure looks as it is shown.
 */
class DocumentationTests {

	private static final Path PAGE = Path.of("../docs/testing.md");

	private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");

	private static final Path EXAMPLES = Path.of("src/test/java/com/example/shop");

	static Stream<String> blocks() {
		return blocks("java");
	}

	private static Stream<String> blocks(String language) {
		return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
			.matcher(text(PAGE))
			.results()
			.map((block) -> block.group(1));
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void codeIsPartOfATestAndHasItsImports(String block) throws IOException {
		try (Stream<Path> files = Files.list(EXAMPLES)) {
			assertThat(files.filter((file) -> file.toString().endsWith("Tests.java")).map(DocumentationTests::text))
				.filteredOn((source) -> withoutIndentation(body(source)).contains(withoutIndentation(body(block))))
				.singleElement()
				.satisfies((source) -> assertThat(imports(block)).isNotEmpty()
					.isEqualTo(imports(source).stream().filter((line) -> isUsed(line, body(block))).toList()));
		}
	}

	private static List<String> imports(String source) {
		return IMPORT.matcher(source).results().map(MatchResult::group).toList();
	}

	private static String body(String source) {
		return IMPORT.matcher(source).replaceAll("").strip();
	}

	private static boolean isUsed(String importLine, String code) {
		String name = importLine.substring(importLine.lastIndexOf('.') + 1, importLine.length() - 1);
		return Pattern.compile("\\b" + name + "\\b").matcher(code).find();
	}

	@Test
	void thereIsCode() {
		List<String> blocks = blocks().toList();
		assertThat(blocks).hasSize(2);
		assertThat(blocks).anyMatch((block) -> block.contains("@AutoConfigureLlmTrack"));
	}

	@Test
	void failureIsThatOfARealAssertion() {
		LlmUsageEvents events = new LlmUsageEvents();
		record(events, "support-chat", 912, 40, 842);
		record(events, null, 19, 10, 311);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(events).forFeature("support-chat").hasTotalTokensAtMost(500))
			.extracting((failure) -> failure.getMessage().lines().map(String::stripTrailing).toList())
			.isEqualTo(blocks("text").findFirst().orElseThrow().lines().toList());
	}

	private static void record(LlmUsageEvents events, @Nullable String feature, long prompt, long completion,
			long latency) {
		events.record(LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini-2024-07-18")
			.feature(feature)
			.tokens(prompt, completion, prompt + completion)
			.latency(Duration.ofMillis(latency))
			.build());
	}

	private static String withoutIndentation(String code) {
		return code.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
