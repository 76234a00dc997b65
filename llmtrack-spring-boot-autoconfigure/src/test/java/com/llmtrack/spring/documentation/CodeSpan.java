/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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

	private static final List<String> COMMANDS = List.of("mvn ", "curl ", "git ", ".ci/", "benchmarks/run ");

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
