// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that properties in the documentation exist, and that their values are accepted.
 */
@Tag("project")
class DocumentedConfigurationTests {

	private static final Pattern PROPERTY = Pattern
		.compile("(?<![\\w./-])(?:llmtrack|spring|management)\\.[\\w.-]*\\w(?:\\[[^]]*])?");

	private static final Pattern SETTING = Pattern.compile("(?:llmtrack|spring|management|logging)\\.[^=\\s]+=.*");

	static List<CodeBlock> blocks() {
		// The alert rules configure Prometheus, and manifests Kubernetes
		return Page.blocks("yaml", "properties")
			.stream()
			.filter((block) -> !block.code().equals(Project.text(AlertRules.FILE)) && !block.isManifest())
			.toList();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void configurationIsAccepted(CodeBlock block) {
		assertThat(Configuration.problems(block.code(), block.language())).as("%s", block).isEmpty();
	}

	static Stream<CodeSpan> settings() {
		// "…" stands for a value that the reader has to find
		return Page.allSpans()
			.filter((span) -> SETTING.matcher(span.code()).matches())
			.filter((span) -> !span.code().contains("…"));
	}

	@ParameterizedTest
	@MethodSource("settings")
	void settingWithinASentenceIsAccepted(CodeSpan span) {
		assertThat(Configuration.problems(span.code(), "properties")).as("%s", span).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.api-kei=a", "llmtrack.auth-scheme=basic", "llmtrack.delivery.max-in-flight=none",
			"llmtrack.base-url=nowhere", "management.endpoints.web.exposure.includes=a", "spring.no.such.thing=a" })
	void brokenPropertyIsNamed(String property) {
		assertThat(Configuration.problems(property, "properties")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack:\n  enable: false", "llmtrack:\n  delivery:\n    max-in-flight: many", "a: [" })
	void brokenYamlIsNamed(String yaml) {
		assertThat(Configuration.problems(yaml, "yaml")).hasSize(1);
	}

	static List<Page> pages() {
		return Page.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyPropertyThatIsNamedExists(Page page) {
		assertThat(PROPERTY.matcher(page.text()).results().map(MatchResult::group)).as("%s", page)
			.filteredOn((name) -> !PrometheusNames.isMeter(name))
			.allMatch(PropertyMetadata::contains);
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.api-kei", "llmtrack.delivery.queue", "management.health.llmtrack.on",
			"spring.ai.openai.key" })
	void propertyThatThereIsNotIsNoticed(String name) {
		assertThat(PROPERTY.matcher("a `" + name + "` b").results().map(MatchResult::group)).singleElement()
			.matches((property) -> !PropertyMetadata.contains(property));
	}

}
