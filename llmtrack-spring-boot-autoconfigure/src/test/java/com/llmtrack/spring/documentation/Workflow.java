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

	private static final String CI = Project.text(DIRECTORY.resolve("workflows").resolve("ci.yml"));

	private Workflow() {
	}

	/**
	 * Return the parts of {@code .ci/run}, as it describes them.
	 */
	static List<String> parts() {
		return groups("(?m)^#   ([a-z]\\w*) {2,}", SCRIPT).toList();
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
		return groups("(?m)^all=\\((.*)\\)$", SCRIPT).flatMap((all) -> Stream.of(all.split(" "))).toList();
	}

	/**
	 * Return the parts that the workflow runs, a job each.
	 */
	static List<String> jobs() {
		return groups("(?m)^ *part: \\[(.*)]$", CI).flatMap((jobs) -> Stream.of(jobs.split(", "))).toList();
	}

	/**
	 * Return the commands of the workflow that run something of this project.
	 */
	static List<String> commands() {
		return groups("(?m)^ *- run: (.*)$", CI).toList();
	}

	private static Stream<String> groups(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results().map((match) -> match.group(1));
	}

	static Stream<Path> files() {
		return Project.files(DIRECTORY).filter((file) -> file.toString().endsWith(".yml"));
	}

	static Map<String, Object> content(Path file) {
		return new Yaml().load(Project.text(file));
	}

}
