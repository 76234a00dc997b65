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

package com.llmtrack.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.llmtrack.spring.actuate.LlmTrackMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that what the documentation shows compiles, and that what it names exists.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	/** Its code runs among the tests of the kit that it is about. */
	private static final Path TESTING = Path.of("docs/testing.md");

	private static final Pattern PROPERTY = Pattern.compile("(?<![\\w./])llmtrack\\.[\\w.-]*\\w");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	static List<Path> pages() throws IOException {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of("README.md", "CHANGELOG.md").map(ROOT::resolve), docs.sorted())
				.filter((path) -> path.toString().endsWith(".md"))
				.toList();
		}
	}

	static List<JavaBlock> blocks() throws IOException {
		return pages().stream()
			.filter((page) -> !page.endsWith(TESTING))
			.flatMap((page) -> JavaBlock.of(ROOT.relativize(page).toString(), text(page)))
			.toList();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("blocks")
	void codeCompiles(JavaBlock block) {
		assertThat(block.problems()).isEmpty();
	}

	@Test
	void thereIsCodeInTheReadmeAndInThePageOnFeatures() throws IOException {
		assertThat(blocks()).hasSizeGreaterThan(20)
			.extracting(JavaBlock::file)
			.contains("README.md", "docs/features.md");
	}

	@ParameterizedTest
	@ValueSource(strings = { "class Broken {\n\n    Missing field;\n\n}", "void broken() {\n\n    missing();\n}",
			"int a = 1;\n\nmissing();" })
	void brokenCodeIsNamedByFileAndLine(String code) {
		assertThat(JavaBlock.of("page.md", "# Title\n\n```java\n" + code + "\n```\n")
			.flatMap((block) -> block.problems().stream())).singleElement()
			.asString()
			.startsWith("page.md:6: cannot find symbol");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("pages")
	void everyPropertyThatIsNamedExists(Path page) throws IOException {
		List<JsonNode> properties = properties();
		assertThat(PROPERTY.matcher(text(page)).results().map(MatchResult::group).filter((name) -> !isMeter(name)))
			.allSatisfy((name) -> assertThat(properties).as(name).anyMatch((property) -> isNamedBy(name, property)));
	}

	private static boolean isMeter(String name) {
		return Stream.of(LlmTrackMeter.values()).anyMatch((meter) -> meter.getName().equals(name));
	}

	/**
	 * Return whether a name is that of a property, of an entry of a map, or of a group as
	 * in {@code llmtrack.delivery.*}.
	 */
	private static boolean isNamedBy(String name, JsonNode property) {
		String propertyName = property.get("name").asString();
		boolean map = property.get("type").asString().startsWith("java.util.Map");
		return propertyName.equals(name) || propertyName.startsWith(name + ".")
				|| (map && name.startsWith(propertyName + "."));
	}

	private static List<JsonNode> properties() throws IOException {
		try (InputStream stream = DocumentationTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonNode properties = JsonMapper.shared().readTree(stream).get("properties");
			return StreamSupport.stream(properties.spliterator(), false).toList();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("pages")
	void everyLinkBetweenFilesResolves(Path page) {
		assertThat(
				LINK.matcher(text(page)).results().map((link) -> link.group(1)).filter((link) -> !link.contains(":")))
			.allSatisfy((link) -> assertResolves(page, link));
	}

	private static void assertResolves(Path page, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
		assertThat(target).exists();
		if (parts.length > 1) {
			assertThat(text(target).lines().filter((line) -> line.startsWith("#")).map(DocumentationTests::anchor))
				.contains(parts[1]);
		}
	}

	private static String anchor(String heading) {
		return heading.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
	}

	private static String text(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
