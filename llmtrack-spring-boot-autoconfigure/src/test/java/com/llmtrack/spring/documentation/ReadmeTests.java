// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the README and the page on properties against the project.
 */
@Tag("project")
class ReadmeTests {

	@Test
	void tableOfPropertiesIsThatOfTheMetadata() throws IOException {
		assertThat(Files.readAllLines(Path.of("..", "docs", "properties.md"))
			.stream()
			.filter((line) -> line.matches("\\| `(llmtrack|management)\\..*")))
			.containsExactlyElementsOf(rowsFromMetadata());
	}

	private static List<String> rowsFromMetadata() throws IOException {
		try (InputStream stream = ReadmeTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonNode properties = JsonMapper.shared().readTree(stream).get("properties");
			return StreamSupport.stream(properties.spliterator(), false).map(ReadmeTests::row).sorted().toList();
		}
	}

	private static String row(JsonNode property) {
		String defaultValue = property.path("defaultValue").asString("");
		return "| `%s` |%s | %s |".formatted(property.get("name").asString(),
				defaultValue.isEmpty() ? "" : " `" + defaultValue + "`",
				property.get("description").asString().replaceAll("\\s+", " "));
	}

	@Test
	void isShortEnoughToBeRead() throws IOException {
		assertThat(Files.readAllLines(Path.of("..", "README.md"))).hasSizeLessThanOrEqualTo(120);
	}

}
