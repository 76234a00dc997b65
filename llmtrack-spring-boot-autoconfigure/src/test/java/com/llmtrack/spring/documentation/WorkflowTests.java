// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that what runs on GitHub is what {@code .ci/run} has, and that the other files
 * there can be read.
 */
@Tag("project")
class WorkflowTests {

	@Test
	void eachPartIsAJob() {
		assertThat(Workflow.commands()).containsExactly(".ci/run ${{ matrix.part }}");
		assertThat(Workflow.jobs()).containsExactlyInAnyOrderElementsOf(Workflow.parts());
	}

	@Test
	void eachPartIsDescribed() {
		assertThat(Workflow.functions()).isEqualTo(Workflow.parts());
		assertThat(Workflow.parts())
			.containsExactlyElementsOf(Stream.concat(Workflow.all().stream(), Stream.of("docs")).toList());
	}

	static List<Path> files() {
		return Workflow.files().toList();
	}

	@ParameterizedTest
	@MethodSource("files")
	void fileIsYaml(Path file) {
		assertThat(Workflow.content(file)).isNotEmpty();
	}

	@Test
	void issueAsksForWhatAnAnswerNeeds() {
		Path form = Project.ROOT.resolve(".github").resolve("ISSUE_TEMPLATE").resolve("bug.yml");
		assertThat(Workflow.content(form).get("body")).asString()
			.contains("logs at start", "/actuator/llmtrack", "Versions of Spring Boot, Spring AI and Java",
					"Do not paste API keys");
	}

}
