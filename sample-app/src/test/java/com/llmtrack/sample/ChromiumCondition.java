// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.Assert;

/**
 * Skips each test of a class where Debian's Chromium and its driver are missing. If they
 * have to be there, which the system property {@value #BROWSER} or the environment
 * variable {@code LLMTRACK_TEST_BROWSER} says by {@code required}, the class fails
 * instead.
 */
class ChromiumCondition implements ExecutionCondition {

	static final String BROWSER = "llmtrack.test.browser";

	static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private final Environment environment;

	private final Path[] programs;

	ChromiumCondition() {
		this(new StandardEnvironment(), CHROMIUM, DRIVER);
	}

	ChromiumCondition(Environment environment, Path... programs) {
		this.environment = environment;
		this.programs = programs;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return Stream.of(this.programs)
			.filter((program) -> !Files.isExecutable(program))
			.findFirst()
			.map(this::missing)
			.orElseGet(() -> ConditionEvaluationResult.enabled("There is a browser"));
	}

	private ConditionEvaluationResult missing(Path program) {
		Assert.state(!"required".equals(this.environment.getProperty(BROWSER)),
				() -> "There is no " + program + ", but " + BROWSER + " requires it");
		return ConditionEvaluationResult.disabled("There is no " + program);
	}

}
