// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Skips the tests of a class if there is no Docker engine. If one is required, according
 * to the system property {@value #REQUIRED} or the environment variable
 * {@code LLMTRACK_TEST_DOCKER_REQUIRED}, the class fails instead.
 */
public final class DockerCondition implements ExecutionCondition {

	static final String REQUIRED = "llmtrack.test.docker-required";

	/**
	 * Searched for once, as that takes a second.
	 */
	private static final SingletonSupplier<Boolean> engine = SingletonSupplier
		.of(() -> DockerClientFactory.instance().isDockerAvailable());

	private final BooleanSupplier available;

	private final Environment environment;

	public DockerCondition() {
		this(engine::obtain, new StandardEnvironment());
	}

	DockerCondition(BooleanSupplier available, Environment environment) {
		this.available = available;
		this.environment = environment;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (this.available.getAsBoolean()) {
			return ConditionEvaluationResult.enabled("There is a Docker engine");
		}
		Assert.state(!this.environment.getProperty(REQUIRED, Boolean.class, false),
				() -> "There is no Docker engine, but " + REQUIRED + " is set");
		// Surefire's report doesn't mention a parameterized class that is skipped as a
		// whole
		return context.getTestMethod().isPresent() ? ConditionEvaluationResult.disabled("There is no Docker engine")
				: ConditionEvaluationResult.enabled("Only its methods are skipped");
	}

}
