// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the build on the page about Gradle: no Gradle runs here, but the artifacts and
 * versions in it exist.
 */
@Tag("project")
class DocumentedGradleTests {

	private static final Pattern COORDINATES = Pattern.compile("\"([\\w.-]+:[\\w.-]+(?::[\\w.-]+)?)\"");

	private static final Pattern PLUGIN = Pattern.compile("id\\(\"([\\w.-]+)\"\\) version \"([\\w.-]+)\"");

	private static final String BUILD = Page.blocks("kotlin")
		.stream()
		.filter((block) -> block.file().endsWith("gradle.md"))
		.map(CodeBlock::code)
		.collect(Collectors.joining("\n"));

	@Test
	void artifactsExist() {
		List<String> coordinates = COORDINATES.matcher(BUILD).results().map((match) -> match.group(1)).toList();
		// Only Gradle needs the launcher
		assertThat(coordinates).hasSizeGreaterThan(5)
			.filteredOn((artifact) -> !artifact.equals("org.junit.platform:junit-platform-launcher"))
			.allMatch(Artifacts::areCoordinates);
		assertThat(coordinates).contains("com.llmtrack:llmtrack-spring-boot-starter",
				"com.llmtrack:llmtrack-spring-boot-test",
				"com.llmtrack:llmtrack-spring-boot-bom:" + Project.documentedVersion());
	}

	@Test
	void versionsAreThoseOfTheBuild() {
		assertThat(PLUGIN.matcher(BUILD).results().map(MatchResult::group))
			.contains("id(\"org.springframework.boot\") version \"" + property("spring-boot.version") + "\"");
		assertThat(BUILD).contains("org.springframework.ai:spring-ai-bom:" + property("spring-ai.version") + "\"");
	}

	private static String property(String name) {
		String pom = Project.text(Project.ROOT.resolve("pom.xml"));
		return pom.replaceFirst("(?s).*<" + name + ">([^<]+)<.*", "$1");
	}

}
