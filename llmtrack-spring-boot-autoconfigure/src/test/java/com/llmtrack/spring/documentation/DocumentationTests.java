// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that all code in the documentation is checked, and that links resolve.
 */
@Tag("project")
class DocumentationTests {

	/**
	 * Each is the business of one of the tests in this package, or in the module
	 * kotlin-tests.
	 */
	private static final Set<String> LANGUAGES = Set.of("java", "json", "kotlin", "mermaid", "promql", "properties",
			"shell", "sql", "text", "xml", "yaml");

	static List<Page> pages() {
		return Page.all();
	}

	@Test
	void pagesAreThere() {
		assertThat(pages()).extracting(Page::name)
			.contains("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASE.md", "SECURITY.md",
					"docs/getting-started.md", "docs/instrumentation.md", "docs/features.md", "docs/events.md",
					"docs/delivery.md", "docs/instances.md", "docs/operating.md", "docs/monitoring.md",
					"docs/testing.md", "docs/privacy.md", "docs/troubleshooting.md", "docs/inside.md",
					"docs/properties.md", "docs/upgrading.md", "docs/RATIONALE.md", "docs/budgets.md");
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyBlockSaysItsLanguage(Page page) {
		assertThat(page.blocks())
			.allSatisfy((block) -> assertThat(LANGUAGES).as("%s", block).contains(block.language()));
		assertThat(page.prose()).as("%s", page).doesNotContain("```");
	}

	@Test
	void everyLanguageIsUsed() {
		assertThat(LANGUAGES).allSatisfy((language) -> assertThat(Page.blocks(language)).as(language).isNotEmpty());
	}

	@Test
	void blocksAreFoundWhereverTheyAre() {
		Page page = new Page("page.md",
				"Text\n\n```java\nint a;\n```\n\n- Item\n\n  ```\n  indented\n    more\n  ```\n");
		assertThat(page.blocks()).containsExactly(new CodeBlock("page.md", 4, "java", "int a;\n"),
				new CodeBlock("page.md", 10, "", "indented\n  more\n"));
		assertThat(page.prose()).contains("Text", "- Item").doesNotContain("int a", "indented");
	}

	@Test
	void spansAreFoundBetweenBlocks() {
		Page page = new Page("page.md", "Some `code`\n\n```java\nint a = `b`;\n```\n\nand `more\ncode`.\n");
		assertThat(page.spans()).containsExactly(new CodeSpan("page.md", 1, "code"),
				new CodeSpan("page.md", 7, "more code"));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkBetweenFilesLeadsSomewhere(Page page) {
		assertThat(PageLinks.broken(page)).as("%s", page).isEmpty();
	}

	@Test
	void thereAreLinksFromPageToPage() {
		assertThat(pages()).filteredOn((page) -> page.links().anyMatch((link) -> link.contains(".md#")))
			.hasSizeGreaterThan(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[a](missing.md)", "[a](docs/missing.md)", "[a](docs/delivery.md#missing)",
			"![a](docs/images/missing.png)", "[a](#missing)", "[a](../outside.md)",
			"# Title\n\n```shell\n# Missing\n```\n\n[a](#missing)" })
	void brokenLinkIsNamed(String text) {
		assertThat(PageLinks.broken(new Page("README.md", text))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[a](../README.md)", "[a](delivery.md#the-spool)", "# It's `a`: b\n\n[a](#its-a-b)",
			"[a](https://example.com/missing.md)" })
	void linkThatLeadsSomewhereIsNotBroken(String text) {
		assertThat(PageLinks.broken(new Page("docs/page.md", text))).isEmpty();
	}

	@Test
	void everyPageIsReachedFromTheReadme() {
		Set<String> reached = new TreeSet<>(Set.of("README.md"));
		while (reached.addAll(
				pages().stream().filter((page) -> reached.contains(page.name())).flatMap(PageLinks::files).toList())) {
			// Until there are no more
		}
		assertThat(reached).containsAll(pages().stream().map(Page::name).toList());
	}

}
