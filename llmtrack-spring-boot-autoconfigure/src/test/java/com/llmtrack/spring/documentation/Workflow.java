// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;

/**
 * What runs the parts of {@code .ci/run}, and the other files that GitHub reads.
 */
final class Workflow {

	private static final Path DIRECTORY = Project.ROOT.resolve(".github");

	private static final String SCRIPT = Project.text(Project.ROOT.resolve(".ci").resolve("run"));

	private static final Pattern PART = Pattern.compile("(?m)^#   ([a-z]\\w*) {2,}");

	private Workflow() {
	}

	/**
	 * Return the parts of {@code .ci/run}, as it describes them.
	 */
	static List<String> parts() {
		return PART.matcher(SCRIPT).results().map((part) -> part.group(1)).toList();
	}

	/**
	 * Return the parts that {@code .ci/run} has functions for.
	 */
	static List<String> functions() {
		return parts().stream().filter((part) -> SCRIPT.contains("\n" + part + "() {\n")).toList();
	}

	/**
	 * Return the parts that {@code .ci/run} runs if none is named.
	 */
	static List<String> all() {
		return Pattern.compile("(?m)^all=\\((.*)\\)$")
			.matcher(SCRIPT)
			.results()
			.flatMap((all) -> Stream.of(all.group(1).split(" ")))
			.toList();
	}

	/**
	 * Return the parts that the workflow runs, a job each.
	 */
	static List<String> jobs() {
		return Pattern.compile("(?m)^ *part: \\[(.*)]$")
			.matcher(Project.text(DIRECTORY.resolve("workflows").resolve("ci.yml")))
			.results()
			.flatMap((jobs) -> Stream.of(jobs.group(1).split(", ")))
			.toList();
	}

	/**
	 * Return the commands of the workflow that run something of this project.
	 */
	static List<String> commands() {
		return Pattern.compile("(?m)^ *- run: (.*)$")
			.matcher(Project.text(DIRECTORY.resolve("workflows").resolve("ci.yml")))
			.results()
			.map((command) -> command.group(1))
			.toList();
	}

	static Stream<Path> files() {
		return Project.files(DIRECTORY).filter((file) -> file.toString().endsWith(".yml"));
	}

	static Map<String, Object> content(Path file) {
		return new Yaml().load(Project.text(file));
	}

}
