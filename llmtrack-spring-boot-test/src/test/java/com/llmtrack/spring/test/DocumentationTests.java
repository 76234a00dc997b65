/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the code on the page about testing is that of tests which are run here.
 */
class DocumentationTests {

	private static final Path PAGE = Path.of("../docs/testing.md");

	private static final Path EXAMPLES = Path.of("src/test/java/com/example/shop");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");

	static Stream<String> blocks() {
		return BLOCK.matcher(text(PAGE)).results().map((block) -> block.group(1));
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void codeIsPartOfATest(String block) throws IOException {
		try (Stream<Path> files = Files.list(EXAMPLES)) {
			assertThat(files.filter((file) -> file.toString().endsWith("Tests.java")).map(DocumentationTests::text))
				.anyMatch((source) -> withoutIndentation(source).contains(withoutIndentation(block)));
		}
	}

	@Test
	void thereIsCode() {
		List<String> blocks = blocks().toList();
		assertThat(blocks).hasSize(2);
		assertThat(blocks).anyMatch((block) -> block.contains("@AutoConfigureLlmTrack"));
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
