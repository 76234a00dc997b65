// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;

/**
 * Code within a sentence of the documentation.
 *
 * @param file the page
 * @param line the number of the line that it begins in
 * @param code the code, on one line
 */
record CodeSpan(String file, int line, String code) {

	private static final List<String> COMMANDS = List.of("mvn ", "curl ", "git ", ".ci/", "benchmarks/run ",
			"lines/run");

	boolean isCommand() {
		return COMMANDS.stream().anyMatch(this.code::startsWith);
	}

	/**
	 * Return whether it is a line of the log, as hardly any other code has so many words.
	 */
	boolean isLogLine() {
		return !isCommand() && !this.code.startsWith("new ") && this.code.split(" ").length >= 3;
	}

	@Override
	public String toString() {
		return this.file + ":" + this.line + ": " + this.code;
	}

}
