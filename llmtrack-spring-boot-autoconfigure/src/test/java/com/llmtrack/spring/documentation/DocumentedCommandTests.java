// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that commands in the documentation are valid, and that the modules, profiles,
 * tests, scripts and URLs in them exist.
 */
@Tag("project")
class DocumentedCommandTests {

	static List<CodeBlock> blocks() {
		return Page.blocks("shell");
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void commandsNameWhatThereIs(CodeBlock block) {
		assertThat(ShellCommands.problems(block.code())).as("%s", block).isEmpty();
	}

	static Stream<CodeSpan> spans() {
		return Page.allSpans().filter(CodeSpan::isCommand);
	}

	@ParameterizedTest
	@MethodSource("spans")
	void commandWithinASentenceNamesWhatThereIs(CodeSpan span) {
		assertThat(ShellCommands.problems(span.code())).as("%s", span).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "mvn verfy", "mvn -pl no-module test", "mvn -Pfast verify", "mvn test -Dtest=NoSuchTests",
			"mvn test -Dtest=DocumentedCommandTests#noSuchTest", "mvn spring-format:apply", "mvn test -Dno.setting=1",
			".ci/no-script mvn verify", "benchmarks/run NoBenchmark -t 1", "lines/run 4.0", ".ci/docker mvn verfy",
			".ci/run no-part", ".ci/run docs no-part", "curl localhost:8080/no-such-page",
			"curl localhost:8080/actuator/no-such-endpoint", "curl -X POST https://llm-track.com/api/no",
			"curl -X POST https://llm-track.com/api/ingest -d '{\"provider\":\"openai\"}'", "sudo rm -r /",
			"mvn -q \\\n  verfy" })
	void commandThatNamesWhatThereIsNotIsNoticed(String command) {
		assertThat(ShellCommands.problems(command)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "curl 'localhost:8080/chat", "mvn verify )" })
	void commandThatIsNoneIsNoticed(String command) {
		assertThat(ShellCommands.problems(command)).isNotEmpty();
	}

}
