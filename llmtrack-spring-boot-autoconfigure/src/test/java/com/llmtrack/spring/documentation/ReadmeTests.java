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

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the README and the page on properties against what they describe.
 */
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
		assertThat(Files.readAllLines(Path.of("..", "README.md"))).hasSizeLessThan(200);
	}

}
