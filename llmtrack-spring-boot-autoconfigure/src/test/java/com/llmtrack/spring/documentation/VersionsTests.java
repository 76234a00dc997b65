// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the versions that the README and the POMs name are those that are tested.
 */
class VersionsTests {

	private static final String LINES = Project.text(Project.ROOT.resolve(Path.of("lines", "pom.xml")));

	private static final Pattern VERSION = Pattern.compile(">\\d+\\.\\d+\\.\\d+<");

	@Test
	void tableHasWhatIsTested() {
		Map<String, String> rows = Combinations.all()
			.stream()
			.collect(Collectors.groupingBy(
					(combination) -> "| %s | %s |".formatted(combination.springBoot(), combination.springAi()),
					LinkedHashMap::new, Collectors.mapping(Combinations.Combination::java, Collectors.joining(", "))));
		List<String> table = Project.text(Project.ROOT.resolve("README.md"))
			.lines()
			.dropWhile((line) -> !line.startsWith("| Spring Boot |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.toList();
		assertThat(table).containsExactlyElementsOf(
				rows.entrySet().stream().map((row) -> row.getKey() + " " + row.getValue() + " |").toList());
	}

	@Test
	void buildHasTheNewest() {
		List<Combinations.Combination> all = Combinations.all();
		assertNames(LINES, all.get(all.size() - 1));
		assertNames(Project.text(Project.ROOT.resolve("pom.xml")), all.get(all.size() - 1));
	}

	@Test
	void moduleOfTheOlderLineHasTheOldest() {
		assertNames(Project.text(Project.ROOT.resolve(Path.of("llmtrack-spring-boot-3", "pom.xml"))),
				Combinations.all().get(0));
	}

	@Test
	void applicationHasTheVersionsOfTheBuild() {
		assertThat(LINES).contains("<llmtrack.version>" + Project.version() + "<");
		String build = Project.text(Project.ROOT.resolve("pom.xml"));
		assertThat(VERSION.matcher(LINES).results().map(MatchResult::group)).isNotEmpty().allMatch(build::contains);
	}

	private static void assertNames(String pom, Combinations.Combination combination) {
		assertThat(pom).contains("<spring-boot.version>" + combination.springBoot() + "<",
				"<spring-ai.version>" + combination.springAi() + "<");
	}

}
