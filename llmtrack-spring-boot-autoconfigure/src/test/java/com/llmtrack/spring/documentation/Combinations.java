// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;

/**
 * The combinations of Spring Boot, Spring AI and Java that {@code lines/run} tests.
 */
final class Combinations {

	private static final List<Combination> ALL = Project.text(Project.ROOT.resolve("lines").resolve("combinations"))
		.lines()
		.filter((line) -> !line.startsWith("#"))
		.map((line) -> line.split(" "))
		.map((versions) -> new Combination(versions[0], versions[1], versions[2]))
		.toList();

	private Combinations() {
	}

	/**
	 * Return all of them, the newest last.
	 */
	static List<Combination> all() {
		return ALL;
	}

	/**
	 * Return whether some arguments of {@code lines/run} choose at least one.
	 */
	static boolean areChosenBy(List<String> arguments) {
		String chosen = arguments.isEmpty() ? "" : String.join(" ", arguments) + " ";
		return ALL.stream().anyMatch((combination) -> (combination + " ").startsWith(chosen));
	}

	record Combination(String springBoot, String springAi, String java) {

		@Override
		public String toString() {
			return this.springBoot + " " + this.springAi + " " + this.java;
		}

	}

}
