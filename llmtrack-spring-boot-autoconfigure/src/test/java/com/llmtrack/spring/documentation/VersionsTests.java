// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the versions that the README and the POMs name are those that are tested.
 */
@Tag("project")
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

	@Test
	void bomHasWhatIsPublished() {
		assertThat(Artifacts.managedBy("llmtrack-spring-boot-bom"))
			.containsExactlyInAnyOrderElementsOf(Project.publishedModules()
				.stream()
				.filter((module) -> !module.equals("llmtrack-spring-boot-bom"))
				.toList())
			.hasSizeGreaterThan(3);
	}

	@Test
	void oneCommandSetsTheVersion(@TempDir Path copy) throws Exception {
		copyWhatNamesAVersion(copy);
		setVersion(copy, "7.8.9");
		// Which names the last release
		assertThat(namesOf(copy, Project.documentedVersion())).isSubsetOf(".mvn/maven.config");
		assertThat(namesOf(copy, "7.8.9")).contains("pom.xml", "README.md", "lines/pom.xml", "docs/events.md",
				"docs/kotlin.md", "llmtrack-spring-boot-bom/pom.xml");
		setVersion(copy, "7.9.0-SNAPSHOT");
		assertThat(namesOf(copy, "7.8.9")).contains("README.md", ".mvn/maven.config").noneMatch(this::isPom);
		assertThat(namesOf(copy, "7.9.0-SNAPSHOT")).contains("pom.xml", "lines/pom.xml").allMatch(this::isPom);
		setVersion(copy, "8.0.0-SNAPSHOT");
		assertThat(namesOf(copy, "7.8.9")).contains("README.md", ".mvn/maven.config").noneMatch(this::isPom);
		assertThat(namesOf(copy, "8.0.0-SNAPSHOT")).contains("pom.xml", "lines/pom.xml").allMatch(this::isPom);
	}

	@ParameterizedTest
	@MethodSource("pages")
	void releaseIsNotCalledUnreleased(Page page) {
		assertThat(Project.version().endsWith("-SNAPSHOT") || !isUnreleased(page))
			.as("What %s says of a version that is not released is no longer true", page)
			.isTrue();
	}

	@Test
	void pageThatCallsAReleaseUnreleasedIsNoticed() {
		assertThat(List.of("The starter is not in a public\nrepository yet: run", "## 0.1.0 (not released yet)"))
			.allMatch((text) -> isUnreleased(new Page("page.md", text)));
	}

	static List<Page> pages() {
		return Page.all().stream().filter((page) -> !page.name().equals("RELEASE.md")).toList();
	}

	private static boolean isUnreleased(Page page) {
		String text = page.text().replaceAll("\\s+", " ");
		return text.contains("not in a public repository yet") || text.contains("(not released yet)");
	}

	private void copyWhatNamesAVersion(Path copy) throws IOException {
		List<Path> files = Stream
			.of(Stream.of("pom.xml", "README.md", "lines/pom.xml", ".mvn/maven.config", ".ci/version"),
					Project.modules().stream().map((module) -> module + "/pom.xml"),
					Page.all().stream().map(Page::name).filter((name) -> name.startsWith("docs")))
			.flatMap(Function.identity())
			.distinct()
			.map(Path::of)
			.toList();
		for (Path file : files) {
			Path target = copy.resolve(file);
			Files.createDirectories(target.getParent());
			Files.copy(Project.ROOT.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
		}
	}

	private void setVersion(Path copy, String version) throws Exception {
		Process process = new ProcessBuilder(copy.resolve(".ci").resolve("version").toString(), version)
			.redirectErrorStream(true)
			.start();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
		assertThat(process.waitFor()).isZero();
	}

	private List<String> namesOf(Path copy, String version) {
		return Project.files(copy)
			.filter((file) -> Project.text(file).replaceAll("@since \\S+", "").contains(version))
			.map((file) -> copy.relativize(file).toString())
			.filter((file) -> !file.equals(".ci/version"))
			.toList();
	}

	private boolean isPom(String file) {
		return file.endsWith("pom.xml");
	}

	private static void assertNames(String pom, Combinations.Combination combination) {
		assertThat(pom).contains("<spring-boot.version>" + combination.springBoot() + "<",
				"<spring-ai.version>" + combination.springAi() + "<");
	}

}
